-- Takes an event out of a queue.
-- KEYS: the state. ARGV: queue, id.
drop('waiting:' .. ARGV[1], ARGV[2])
return {}
