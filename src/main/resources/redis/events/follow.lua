-- Answers what follows in the log, and whether it is known what did.
-- KEYS: the state.
-- ARGV: a fresh name for the log, now (ms), the log and the number after which (empty and 0: from the oldest that is kept), most
--   events, most bytes.
local log, last = theLog(ARGV[1], ARGV[2])
local state = redis.call('HMGET', STATE, 'former', 'gone')
local number = tonumber(ARGV[4])
local known = number <= last
  and (ARGV[3] == log or ARGV[3] == state[1] or has('log', ARGV[3] .. '-' .. ARGV[4]))
  and number >= tonumber(state[2] or 0)
return page({known and '1' or '0', log, decimal(last)}, 'log', known and ARGV[4] or '0', ARGV[5], ARGV[6])
