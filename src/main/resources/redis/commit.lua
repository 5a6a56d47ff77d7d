-- Stores one change of a room, or nothing of it.
-- KEYS: meta, documents, tombstones.
-- ARGV: epoch, token, previous clock, clock, history start, schema, now (ms), bytes of all records, then the counts of what follows:
--   values put, tombstones made, tombstones pruned; then id and value of each put, clock and id of each tombstone made,
--   id of each tombstone pruned.
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local meta = redis.call('HMGET', META, 'epoch', 'token', 'clock', 'schema')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then
  return {'fenced'}
end
local present = history()
if not present then
  return redis.error_reply('NORUNID INFO server does not tell a run_id')
end
-- The room was opened in another history: somebody may have opened it and committed since, and been forgotten.
if string.match(ARGV[2], '@([^@]+)$') ~= present then
  return {'conflict', meta[3]}
end
if meta[3] ~= ARGV[3] then
  if meta[3] == ARGV[4] then
    return {'committed'} -- by an earlier attempt
  end
  return {'conflict', meta[3]}
end
-- Lua hands over some thousand arguments at a time, no more. The number is even, so that pairs stay together.
local function call(command, key, first, last)
  for from = first, last, 4000 do
    redis.call(command, key, unpack(ARGV, from, math.min(from + 3999, last)))
  end
end

local puts, made, pruned = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local first = 12
call('HSET', DOCUMENTS, first, first + 2 * puts - 1)
first = first + 2 * puts
call('ZADD', TOMBSTONES, first, first + 2 * made - 1)
for i = first, first + 2 * made - 1, 2 do
  redis.call('HDEL', DOCUMENTS, ARGV[i + 1])
end
first = first + 2 * made
call('ZREM', TOMBSTONES, first, first + pruned - 1)

redis.call('HSET', META, 'clock', ARGV[4], 'historyStartsAt', ARGV[5], 'changed', ARGV[7], 'bytes', ARGV[8], 'history', present,
  'documents', redis.call('HLEN', DOCUMENTS), 'tombstones', redis.call('ZCARD', TOMBSTONES))
if meta[4] ~= ARGV[6] then
  redis.call('HSET', META, 'schema', ARGV[6])
end
return {'committed'}
