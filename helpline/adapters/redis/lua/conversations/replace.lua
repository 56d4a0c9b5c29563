-- Put the new form where the old one still stands.
local life, id, old, new = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('HGET', TALKS, id) ~= old then return 0 end
redis.call('HSET', TALKS, id, new)
keep(life)
return 1
