-- 1 where more is better, -1 where less is, 0 where no one side is (zero: the nearer the better; context).
create macro toward_better(direction) as
    case direction when 'higher' then 1 when 'lower' then -1 else 0 end
