-- Begins the stories of rooms that have none.
-- KEYS: the state. ARGV: of each room key and story.
for i = 1, #ARGV, 2 do
  if redis.call('HSETNX', STORIES, ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', ROOMS, 0, ARGV[i])
  end
end
return {}
