local PEOPLE, PACKAGES, QUEUE, OFFERS = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local DESKS, SERVED, COUNTS = KEYS[5], KEYS[6], KEYS[7]
local LAST, HERE, AWAY = 'last', 'here:', 'away:'

-- Let everything live on for the given number of seconds.
local function keep(life)
  for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, life) end
end

local function person(ticket)
  local found = redis.call('HGET', PEOPLE, ticket)
  return found and cjson.decode(found)
end

local function put(her)
  redis.call('HSET', PEOPLE, her.ticket, cjson.encode(her))
end

-- What an answer tells of her: all she is, and her key package.
local function shown(her)
  return { cjson.encode(her), redis.call('HGET', PACKAGES, her.ticket) }
end

-- How many wait on a line: those who are here, and those whose connection is lost.
local function counted(where, line)
  return tonumber(redis.call('HGET', COUNTS, where .. line)) or 0
end

local function count(her, by)
  local name = (her.lost_at and AWAY or HERE) .. her.line
  if redis.call('HINCRBY', COUNTS, name, by) <= 0 then redis.call('HDEL', COUNTS, name) end
end

local function last_number()
  return tonumber(redis.call('HGET', COUNTS, LAST)) or 0
end

local function add(her, package)
  put(her)
  redis.call('HSET', PACKAGES, her.ticket, package)
  redis.call('ZADD', QUEUE, her.number, her.ticket)
  redis.call('HSET', COUNTS, LAST, string.format('%.0f', math.max(last_number(), her.number)))
  count(her, 1)
end

local function remove(her)
  redis.call('HDEL', PEOPLE, her.ticket)
  redis.call('HDEL', PACKAGES, her.ticket)
  redis.call('ZREM', QUEUE, her.ticket)
  count(her, -1)
end

-- A desk: the offer before it, the conversations it holds, and when it lately accepted.
local function desk(staff)
  local found = redis.call('HGET', DESKS, staff)
  return found and cjson.decode(found) or { held = {}, accepted = {} }
end

local function put_desk(staff, hers)
  if hers.offer or next(hers.held) or next(hers.accepted) then
    redis.call('HSET', DESKS, staff, cjson.encode(hers))
  else
    redis.call('HDEL', DESKS, staff)
  end
end

local function is_free(staff, cap)
  local hers, held = desk(staff), 0
  for _ in pairs(hers.held) do held = held + 1 end
  return not hers.offer and held < cap
end

-- The offer of this id, and whose it is; nothing if it is gone.
local function offered(id)
  local ticket = redis.call('HGET', OFFERS, id)
  local her = ticket and person(ticket)
  if her then return her.offer, her end
end

-- An offer that this counsellor can still accept, and whose it is.
local function open_offer(staff, id, at)
  local offer, her = offered(id)
  if offer and offer.staff_id == staff and not offer.taken and at < tonumber(offer.lapses_at) then return offer, her end
end

-- Take the offer away from desk and person: she keeps her place. Return it as it stood.
local function finish(offer, her)
  redis.call('HDEL', OFFERS, offer.id)
  her.offer = nil
  put(her)
  local hers = desk(offer.staff_id)
  hers.offer = nil
  put_desk(offer.staff_id, hers)
  return cjson.encode(offer)
end
