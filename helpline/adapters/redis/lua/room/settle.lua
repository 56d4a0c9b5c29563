-- End her waiting and count the conversation to the desk: 0 if she left, or it took too long.
local life, id, talk, quarter, at, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local offer, her = offered(id)
if not offer or not offer.taken then return 0 end
finish(offer, her)
remove(her)
local hers = desk(offer.staff_id)
hers.held[talk] = true
table.insert(hers.accepted, quarter)
put_desk(offer.staff_id, hers)
local found = redis.call('HGET', SERVED, her.line)
local waits = found and cjson.decode(found) or {}
local minutes = math.ceil((at - tonumber(her.joined_at)) / 60000000)
table.insert(waits, { quarter, minutes * 60 })
while #waits > most do table.remove(waits, 1) end
redis.call('HSET', SERVED, her.line, cjson.encode(waits))
keep(life)
return 1
