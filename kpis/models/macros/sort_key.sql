-- A number that is smaller where a value is better: sorts and ranks by it run from the best value on.
-- Where neither side is better (context) the smaller value comes first.
create macro sort_key(value, direction) as
    case direction when 'higher' then -value when 'zero' then abs(value) else value end
