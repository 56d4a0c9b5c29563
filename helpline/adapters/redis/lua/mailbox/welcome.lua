-- Keep the Welcome until she holds it: 1 if it is new, 0 if it comes again.
local life, welcome = ARGV[1], ARGV[2]
if not exists() then return 'none' end
if not has('welcomed') then
  set('welcomed', 1, 'welcome', welcome)
  keep(life)
  return 1
end
local kept = redis.call('HGET', BOX, 'welcome')
if kept and kept ~= welcome then return 'forbidden' end
return 0
