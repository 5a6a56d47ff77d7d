-- In front of every script that reads or writes a room.
local META, DOCUMENTS, TOMBSTONES = KEYS[1], KEYS[2], KEYS[3]

-- Says what is wrong with the stored room; nil when nothing is. Called before anything is written, because Redis undoes
-- nothing when a script fails half-way. It finds keys of a wrong type, and parts that are gone (evicted, deleted by hand).
local function damage()
  local types = {'hash', 'hash', 'zset'}
  for i, wanted in ipairs(types) do
    local found = redis.call('TYPE', KEYS[i]).ok
    if found ~= wanted and found ~= 'none' then
      return 'DAMAGED the key ' .. KEYS[i] .. ' is a ' .. found .. ', it should be a ' .. wanted
    end
  end
  local fields = {'epoch', 'clock', 'historyStartsAt', 'documents', 'tombstones'}
  local numbers = redis.call('HMGET', META, unpack(fields))
  for i, field in ipairs(fields) do
    if numbers[i] and not string.find(numbers[i], '^%d+$') then
      return 'DAMAGED the field ' .. field .. ' of the key ' .. META .. ' is no number'
    end
  end
  local documents, tombstones = redis.call('HLEN', DOCUMENTS), redis.call('ZCARD', TOMBSTONES)
  if documents ~= tonumber(numbers[4] or 0) then
    return 'DAMAGED the key ' .. DOCUMENTS .. ' holds ' .. documents .. ' records, ' .. META .. ' counts ' .. (numbers[4] or 0)
  end
  if tombstones ~= tonumber(numbers[5] or 0) then
    return 'DAMAGED the key ' .. TOMBSTONES .. ' holds ' .. tombstones .. ' tombstones, ' .. META .. ' counts ' .. (numbers[5] or 0)
  end
  return nil
end

local function info(section, field)
  local text = redis.call('INFO', section)
  local _, before = string.find(text, '\n' .. field .. ':', 1, true)
  return before and string.match(text, '^%x+', before + 1)
end

-- Names the history that the data of this server are of; on a cluster it is the server of this room's slot. The run id is
-- another one after every restart, and on every other server. The replication id is another one after the server has been a
-- replica and is a master again: it may then have less than what it had acknowledged before, under the same run id.
local function history()
  local run = info('server', 'run_id')
  return run and run .. '.' .. (info('replication', 'master_replid') or '0')
end
