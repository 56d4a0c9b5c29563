-- Put her at the end, or before all others, and give her her number. Numbers follow the clock, so that after a loss of
-- the whole store who joins then does not come before who waited already.
local life, limit, head, least = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4])
local her, package = cjson.decode(ARGV[5]), ARGV[6]
if person(her.ticket) then return 'waiting' end
if not head and counted(HERE, her.line) >= limit then return 'full' end
local first = head and redis.call('ZRANGE', QUEUE, 0, 0, 'WITHSCORES')[2]
her.number = first and tonumber(first) - 1 or math.max(last_number() + 1, least)
add(her, package)
keep(life)
return shown(her)
