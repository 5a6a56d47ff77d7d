-- Answers rooms and what was told of them, in order.
-- KEYS: the state. ARGV: which ones (rooms or open), from where on (as ZRANGEBYLEX has it), most rooms.
local answer = {}
for _, room in ipairs(redis.call('ZRANGEBYLEX', BASE .. ARGV[1], ARGV[2], '+', 'LIMIT', 0, ARGV[3])) do
  table.insert(answer, room)
  table.insert(answer, redis.call('HGET', STORIES, room) or '')
end
return answer
