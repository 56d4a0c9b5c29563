local TALKS, BY_TICKET, ORDER, OF_STAFF, CLOSED = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]

-- Let everything live on for the given number of seconds.
local function keep(life)
  for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, life) end
end

-- The ids of a desk's conversations, oldest first.
local function of_staff(who)
  local ids = redis.call('HGET', OF_STAFF, who)
  return ids and cjson.decode(ids) or {}
end

local function put_of_staff(who, ids)
  if #ids == 0 then redis.call('HDEL', OF_STAFF, who) else redis.call('HSET', OF_STAFF, who, cjson.encode(ids)) end
end

local function add(id, ticket, staff, talk)
  local last = redis.call('ZREVRANGE', ORDER, 0, 0, 'WITHSCORES')
  redis.call('HSET', TALKS, id, talk)
  redis.call('HSET', BY_TICKET, ticket, id)
  redis.call('ZADD', ORDER, (tonumber(last[2]) or 0) + 1, id)
  local ids = of_staff(staff)
  ids[#ids + 1] = id
  put_of_staff(staff, ids)
end

-- Take a conversation out of every place but CLOSED, and return it as it stood.
local function remove(id)
  local found = redis.call('HGET', TALKS, id)
  if not found then return nil end
  local talk = cjson.decode(found)
  redis.call('HDEL', TALKS, id)
  redis.call('HDEL', BY_TICKET, talk.ticket)
  redis.call('ZREM', ORDER, id)
  local left = {}
  for _, each in ipairs(of_staff(talk.staff_id)) do
    if each ~= id then left[#left + 1] = each end
  end
  put_of_staff(talk.staff_id, left)
  return found
end
