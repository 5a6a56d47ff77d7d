-- Answers what follows on the shelf of a queue.
-- KEYS: the state. ARGV: the shelf, the number after which, most events, most bytes.
return page({}, ARGV[1], ARGV[2], ARGV[3], ARGV[4])
