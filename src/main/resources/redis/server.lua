-- In front of every script: which history the data are of.
local function info(section, field)
  local text = redis.call('INFO', section)
  local _, before = string.find(text, '\n' .. field .. ':', 1, true)
  return before and string.match(text, '^%x+', before + 1)
end

-- Names the history that the data of this server are of; on a cluster it is the server of the slot of the script's keys. The run id is
-- another one after every restart, and on every other server. The replication id is another one after the server has been a
-- replica and is a master again: it may then have less than what it had acknowledged before, under the same run id.
local function history()
  local run = info('server', 'run_id')
  return run and run .. '.' .. (info('replication', 'master_replid') or '0')
end
