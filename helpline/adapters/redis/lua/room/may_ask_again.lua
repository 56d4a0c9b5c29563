-- Let a counsellor who came back be asked from then on for those for whom she was asked before.
local staff, at = ARGV[1], ARGV[2]
for _, ticket in ipairs(redis.call('HKEYS', PEOPLE)) do
  local her = person(ticket)
  if her.asked[staff] then
    her.asked[staff] = at
    put(her)
  end
end
return 1
