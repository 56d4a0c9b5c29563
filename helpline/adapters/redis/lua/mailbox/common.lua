-- A box: its state, and what each side sent that the other does not hold yet, by number. Of a lane it keeps the last
-- number taken in, the last that the receiver holds, and how many bytes lie between. Lanes are named after the sender.
local BOX = KEYS[1]
local LANE = { p = KEYS[2], c = KEYS[3] }
local OTHER = { p = 'c', c = 'p' }

local function number(name)
  return tonumber(redis.call('HGET', BOX, name)) or 0
end

local function set(...)
  redis.call('HSET', BOX, ...)
end

local function has(name)
  return redis.call('HEXISTS', BOX, name) == 1
end

local function exists()
  return redis.call('EXISTS', BOX) == 1
end

-- Let everything live on for the given number of seconds.
local function keep(life)
  for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, life) end
end

-- She who speaks holds the Welcome.
local function heard_from(side)
  if side == 'p' then redis.call('HDEL', BOX, 'welcome') end
end

-- Drop what the receiver of a lane holds, all up to this number, and note that it does.
local function drop(lane, held)
  local before = number('held:' .. lane)
  if held <= before then return false end
  local bytes = number('bytes:' .. lane)
  if bytes > 0 then
    for each = before + 1, math.min(held, number('last:' .. lane)) do
      bytes = bytes - redis.call('HSTRLEN', LANE[lane], each)
      redis.call('HDEL', LANE[lane], each)
    end
  end
  set('held:' .. lane, held, 'bytes:' .. lane, bytes)
  return true
end

-- What lies in a lane, in order: number, envelope, number, envelope.
local function lying(lane)
  local found = {}
  for each = number('held:' .. lane) + 1, number('last:' .. lane) do
    found[#found + 1] = each
    found[#found + 1] = redis.call('HGET', LANE[lane], each)
  end
  return found
end
