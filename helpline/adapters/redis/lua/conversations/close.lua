-- Forget it and remember a SHA-256 of its ticket. The caller gives the ticket's hash, which Lua could not make.
local life, id, hash, ended = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local gone = remove(id)
if not gone then return false end
redis.call('HSET', CLOSED, hash, ended)
keep(life)
return gone
