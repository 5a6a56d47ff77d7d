-- Files events, if the stories of their rooms are still as they are thought to be; else answers what they are.
-- KEYS: the state.
-- ARGV: a fresh name for the log, now (ms), most events and bytes of the log, most events and bytes of dead letters, why what
--   finds a queue full is dead; the number of rooms, and of each: key, story so far, story then (empty: none); the number
--   of queues, and of each: name, most events, most bytes; the number of events, and of each: time (ms), which queues want
--   it (a 1 or a 0 for each), the event.
local at = 0
local function arg()
  at = at + 1
  return ARGV[at]
end

local fresh, now, keptEvents, keptBytes = arg(), arg(), tonumber(arg()), tonumber(arg())
local deadEvents, deadBytes, full = arg(), arg(), arg()

local rooms, conflict, present = {}, false, {'conflict'}
for i = 1, tonumber(arg()) do
  rooms[i] = {key = arg(), before = arg(), after = arg()}
  present[i + 1] = redis.call('HGET', STORIES, rooms[i].key) or ''
  conflict = conflict or present[i + 1] ~= rooms[i].before
end
if conflict then
  return present
end

local log, last = theLog(fresh, now)
for _, room in ipairs(rooms) do
  if room.after == '' then
    redis.call('HDEL', STORIES, room.key)
    redis.call('ZREM', ROOMS, room.key)
  elseif room.after ~= room.before then
    redis.call('HSET', STORIES, room.key, room.after)
    redis.call('ZADD', ROOMS, 0, room.key)
  end
  -- a story is a clock, and behind a space the node that has the room open
  if string.find(room.after, ' ', 1, true) then
    redis.call('ZADD', OPEN, 0, room.key)
  else
    redis.call('ZREM', OPEN, room.key)
  end
end

local queues = {}
for i = 1, tonumber(arg()) do
  queues[i] = {name = arg(), mostEvents = tonumber(arg()), mostBytes = tonumber(arg()), buried = 0, forgotten = 0}
end

local answer = {'filed', log, decimal(last + 1)}
for _ = 1, tonumber(arg()) do
  local time, wants, event = arg(), arg(), arg()
  last = last + 1
  local id = log .. '-' .. decimal(last)
  put('log', id, event)
  for i, queue in ipairs(queues) do
    if string.sub(wants, i, i) == '1' then
      local waiting = 'waiting:' .. queue.name
      if count(waiting) < queue.mostEvents and bytes(waiting) + string.len(event) <= queue.mostBytes then
        put(waiting, id, event, '0 ' .. time .. ' ' .. time)
      else
        queue.buried = queue.buried + 1
        queue.forgotten = queue.forgotten
          + lay(queue.name, id, event, '0 ' .. time .. ' ' .. time .. ' ' .. full, deadEvents, deadBytes)
      end
    end
  end
end
redis.call('HSET', STATE, 'last', decimal(last))
local _, gone = trim('log', keptEvents, keptBytes)
if gone then
  redis.call('HSET', STATE, 'gone', numberOf(gone))
end
for _, queue in ipairs(queues) do
  table.insert(answer, tostring(queue.buried))
  table.insert(answer, tostring(queue.forgotten))
end
return answer
