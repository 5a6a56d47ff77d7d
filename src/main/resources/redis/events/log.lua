-- The name of the log, and the number of its newest event. When the data are of another history than when an event was filed
-- last, the newest ones may be lost, and an id must not be given twice: then it is another log, with a fresh name. Its
-- numbers begin at the time of day (ms), and further on than those that may be lost: so they are higher than those of any
-- log before, also of one that was lost as a whole, and queues keep their order.
local function theLog(fresh, now)
  local present = history()
  if not present then
    error('INFO server does not tell a run_id')
  end
  local state = redis.call('HMGET', STATE, 'log', 'last', 'history')
  if state[1] and state[3] == present then
    return state[1], tonumber(state[2])
  end
  local last = math.max(tonumber(now), state[1] and tonumber(state[2]) + 2 ^ 20 or 0)
  redis.call('HSET', STATE, 'log', fresh, 'last', decimal(last), 'history', present, 'former', state[1] or '')
  return fresh, last
end
