-- Remembers the highest clock that a deleted room had.
-- KEYS: the clock floor. ARGV: clock. Both are whole numbers below 2^53, which Lua's numbers hold.
if redis.call('TYPE', KEYS[1]).ok ~= 'string' or (tonumber(redis.call('GET', KEYS[1])) or 0) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return {'remembered'}
