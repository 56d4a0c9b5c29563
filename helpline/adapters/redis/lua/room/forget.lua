-- Drop accepted times and served waits older than this moment.
local before = tonumber(ARGV[1])
for _, staff in ipairs(redis.call('HKEYS', DESKS)) do
  local hers, kept = desk(staff), {}
  for _, at in ipairs(hers.accepted) do
    if tonumber(at) > before then kept[#kept + 1] = at end
  end
  if #kept < #hers.accepted then
    hers.accepted = kept
    put_desk(staff, hers)
  end
end
for _, line in ipairs(redis.call('HKEYS', SERVED)) do
  local waits, kept = cjson.decode(redis.call('HGET', SERVED, line)), {}
  for _, each in ipairs(waits) do
    if tonumber(each[1]) > before then kept[#kept + 1] = each end
  end
  if #kept == 0 then
    redis.call('HDEL', SERVED, line)
  elseif #kept < #waits then
    redis.call('HSET', SERVED, line, cjson.encode(kept))
  end
end
return 1
