-- End and return every offer whose time is over, taken but never settled ones included.
local at, over = tonumber(ARGV[1]), {}
for _, id in ipairs(redis.call('HKEYS', OFFERS)) do
  local offer, her = offered(id)
  if offer and tonumber(offer.lapses_at) <= at then over[#over + 1] = finish(offer, her) end
end
return over
