-- Keep the envelope for the other end: 1 if it is new, 0 if its number was taken in before.
local life, lane, seq, envelope = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local commit, epoch, most, most_bytes = ARGV[5] == '1', tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local state = redis.call('HMGET', BOX, 'epoch', 'welcomed', 'rebuilt', 'welcome',
  'last:' .. lane, 'held:' .. lane, 'bytes:' .. lane)
if not state[1] then return 'none' end
if not state[2] then return 'forbidden' end
if lane == 'p' and state[4] then redis.call('HDEL', BOX, 'welcome') end
local last, held, bytes = tonumber(state[5]) or 0, tonumber(state[6]) or 0, tonumber(state[7]) or 0
if seq <= last then return 0 end
if seq ~= last + 1 then return 'gap' end
local present = tonumber(state[1])
if commit then
  local fits = epoch == present
  if state[3] then
    if not (has('said:p') and has('said:c')) then return 'not_yet' end
    fits = fits or (number('floor:' .. lane) <= epoch and epoch < number('told:' .. lane))
  end
  if not fits then return 'stale' end
end
if last - held >= most or bytes + #envelope > most_bytes then return 'full' end
if commit then set('epoch', math.max(present, epoch + 1)) end
redis.call('HSET', LANE[lane], seq, envelope)
set('last:' .. lane, seq, 'bytes:' .. lane, bytes + #envelope)
keep(life)
return 1
