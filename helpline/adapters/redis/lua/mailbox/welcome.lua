-- Keep the Welcome: 1 if it is new, 0 if the same bytes come again.
local life, welcome = ARGV[1], ARGV[2]
if not exists() then return 'none' end
if redis.call('HGET', BOX, 'welcome') == welcome or redis.call('HGET', BOX, 'was') == ARGV[3] then return 0 end
if has('welcomed') then return 'forbidden' end
set('welcome', welcome, 'welcomed', 1, 'was', ARGV[3])
keep(life)
return 1
