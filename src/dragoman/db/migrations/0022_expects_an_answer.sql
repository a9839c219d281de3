-- What its author marked when they sent it: a thumb that comes back is the answer, no noise.
alter table messages add column expects_answer boolean not null default false;
