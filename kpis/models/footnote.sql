-- One row per footnote: what a reader must know of the values that carry it, in both languages.
select footnote, en as footnote_en, es as footnote_es from staging_footnote order by footnote
