-- Drop the hashes of tickets that were closed at this moment or before.
local before, closed = tonumber(ARGV[1]), redis.call('HGETALL', CLOSED)
for i = 1, #closed, 2 do
  if tonumber(string.match(closed[i + 1], '^%-?%d+')) <= before then redis.call('HDEL', CLOSED, closed[i]) end
end
return 1
