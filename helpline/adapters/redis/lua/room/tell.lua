-- Note what she is told of her place: 1 if it is news.
local ticket, place = ARGV[1], cjson.decode(ARGV[2])
local her = person(ticket)
if not her then return 0 end
local same = her.told ~= nil
for name, value in pairs(place) do
  if same and her.told[name] ~= value then same = false end
end
if same then return 0 end
her.told = place
put(her)
return 1
