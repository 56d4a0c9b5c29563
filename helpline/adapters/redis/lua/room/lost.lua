-- Note that her connection is lost, and withdraw an offer that nobody has taken. Of those who are away a line keeps so
-- many and no more: nobody may fill the memory by going.
local life, ticket, at, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local her = person(ticket)
if not her then return 'gone' end
if not her.lost_at then
  count(her, -1)
  her.lost_at = at
  count(her, 1)
  put(her)
end
local too_many = counted(AWAY, her.line) - most
if too_many > 0 then
  local away = {}
  for _, other in ipairs(redis.call('ZRANGE', QUEUE, 0, -1)) do
    local each = person(other)
    if each.line == her.line and each.lost_at then away[#away + 1] = each end
  end
  table.sort(away, function(one, other)
    local a, b = tonumber(one.lost_at), tonumber(other.lost_at)
    return a < b or (a == b and one.number < other.number)
  end)
  for i = 1, too_many do
    if not away[i].offer then remove(away[i]) end
  end
end
keep(life)
if not her.offer or her.offer.taken then return false end
return { finish(her.offer, her) }
