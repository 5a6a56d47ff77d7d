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
