-- In front of every script of events. All their keys have one hash tag, and are named after the first one: the state of the
-- log. What is kept of events is on shelves: "log", and for each queue "waiting:<queue>" and "dead:<queue>". A shelf is
-- <shelf>:ids, by their numbers, <shelf>:events, what they are, and <shelf>:notes, what became of them so far; "bytes" holds
-- what the events of each shelf take, and has no field for an empty one.
local STATE = KEYS[1]
local BASE = string.sub(STATE, 1, -1 - string.len('state'))
local STORIES, ROOMS, OPEN, BYTES = BASE .. 'stories', BASE .. 'rooms', BASE .. 'open', BASE .. 'bytes'

-- Lua would write large numbers as 1.7e+12.
local function decimal(number)
  return string.format('%.0f', number)
end

local function numberOf(id)
  return string.match(id, '(%d+)$')
end

local function idsOf(shelf)
  return BASE .. shelf .. ':ids'
end

local function eventsOf(shelf)
  return BASE .. shelf .. ':events'
end

local function notesOf(shelf)
  return BASE .. shelf .. ':notes'
end

local function count(shelf)
  return redis.call('ZCARD', idsOf(shelf))
end

local function bytes(shelf)
  return tonumber(redis.call('HGET', BYTES, shelf) or 0)
end

local function has(shelf, id)
  return redis.call('ZSCORE', idsOf(shelf), id) ~= false
end

-- What is on the shelf already stays as it is.
local function put(shelf, id, event, note)
  if redis.call('ZADD', idsOf(shelf), 'NX', numberOf(id), id) == 0 then
    return
  end
  redis.call('HSET', eventsOf(shelf), id, event)
  if note then
    redis.call('HSET', notesOf(shelf), id, note)
  end
  redis.call('HINCRBY', BYTES, shelf, string.len(event))
end

local function clear(shelf)
  redis.call('UNLINK', idsOf(shelf), eventsOf(shelf), notesOf(shelf))
  redis.call('HDEL', BYTES, shelf)
end

local function drop(shelf, id)
  if redis.call('ZREM', idsOf(shelf), id) == 0 then
    return false
  end
  if count(shelf) == 0 then
    clear(shelf)
  else
    redis.call('HINCRBY', BYTES, shelf, -redis.call('HSTRLEN', eventsOf(shelf), id))
    redis.call('HDEL', eventsOf(shelf), id)
    redis.call('HDEL', notesOf(shelf), id)
  end
  return true
end

-- Nothing when it is not there.
local function take(shelf, id)
  local event, note = redis.call('HGET', eventsOf(shelf), id), redis.call('HGET', notesOf(shelf), id)
  if drop(shelf, id) then
    return event or '', note
  end
end

-- Lets the oldest go until there is no more than there may be, but never the newest one. Answers how many have gone, and
-- the last one of them.
local function trim(shelf, mostEvents, mostBytes)
  local gone, last = 0, nil
  while count(shelf) > 1 and (count(shelf) > mostEvents or bytes(shelf) > mostBytes) do
    last = redis.call('ZRANGE', idsOf(shelf), 0, 0)[1]
    drop(shelf, last)
    gone = gone + 1
  end
  return gone, last
end

-- Adds what follows on a shelf to an answer: id, event and note of each. No more than so many, and no more bytes unless the
-- first one alone has more.
local function page(answer, shelf, after, mostEvents, mostBytes)
  local bytes = 0
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', idsOf(shelf), '(' .. after, '+inf', 'LIMIT', 0, mostEvents)) do
    bytes = bytes + redis.call('HSTRLEN', eventsOf(shelf), id)
    if bytes > tonumber(mostBytes) and bytes > redis.call('HSTRLEN', eventsOf(shelf), id) then
      break
    end
    table.insert(answer, id)
    table.insert(answer, redis.call('HGET', eventsOf(shelf), id) or '')
    table.insert(answer, redis.call('HGET', notesOf(shelf), id) or '')
  end
  return answer
end

-- The number of dead letters that have gone for this one.
local function lay(queue, id, event, note, mostEvents, mostBytes)
  put('dead:' .. queue, id, event, note)
  return (trim('dead:' .. queue, tonumber(mostEvents), tonumber(mostBytes)))
end
