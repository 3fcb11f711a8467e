package io.managedredis.testing.internal.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands of all types of data, right and wrong, whose answers depend on nothing but the commands before. */
final class RandomCommands {

    private static final String[] SHAPES = {
        "SET K V",
        "SET K V NX",
        "SET K V XX GET",
        "GET K",
        "GETSET K V",
        "GETDEL K",
        "APPEND K V",
        "STRLEN K",
        "INCR K",
        "DECRBY K N",
        "INCRBYFLOAT K 1.5",
        "SETRANGE K 3 V",
        "GETRANGE K 0 4",
        "MSET K V K V",
        "MGET K K K",
        "SETBIT K N 1",
        "GETBIT K N",
        "BITCOUNT K",
        "BITOP OR K K K",
        "BITFIELD K SET u8 0 N GET u8 0",
        "BITPOS K 1",
        "LPUSH K V V",
        "RPUSH K V",
        "LPOP K",
        "RPOP K 2",
        "LRANGE K 0 -1",
        "LLEN K",
        "LINDEX K 0",
        "LSET K 0 V",
        "LINSERT K BEFORE V V",
        "LREM K 0 V",
        "LTRIM K 0 5",
        "LMOVE K K LEFT RIGHT",
        "LPOS K V",
        "RPOPLPUSH K K",
        "SADD K N N N",
        "SREM K N",
        "SCARD K",
        "SISMEMBER K N",
        "SMISMEMBER K N N",
        "SINTERCARD 2 K K",
        "SMOVE K K N",
        "SINTERSTORE K K K",
        "SUNIONSTORE K K K",
        "SMEMBERS K",
        "HSET K V V V V",
        "HGET K V",
        "HDEL K V",
        "HLEN K",
        "HMGET K V V",
        "HGETALL K",
        "HINCRBY K V N",
        "HSETNX K V V",
        "HSTRLEN K V",
        "HINCRBYFLOAT K V 0.25",
        "ZADD K N V N V",
        "ZSCORE K V",
        "ZRANGE K 0 -1 WITHSCORES",
        "ZRANK K V",
        "ZREM K V",
        "ZCARD K",
        "ZCOUNT K -inf +inf",
        "ZINCRBY K N V",
        "ZPOPMIN K",
        "ZRANGEBYSCORE K 0 50",
        "ZMSCORE K V V",
        "ZUNIONSTORE K 2 K K",
        "ZDIFF 2 K K",
        "ZRANGESTORE K K 0 2",
        "ZREVRANGE K 0 1",
        "XADD K * V V",
        "XLEN K",
        "XGROUP CREATE K g 0",
        "XREADGROUP GROUP g c COUNT 1 STREAMS K >",
        "XINFO STREAM none",
        "PFADD K V V",
        "PFCOUNT K",
        "PFMERGE K K",
        "GEOADD K 13.36 38.11 V",
        "GEODIST K V V",
        "GEOPOS K V",
        "DEL K",
        "EXISTS K K",
        "TYPE K",
        "RENAME K K",
        "RENAMENX K K",
        "COPY K K",
        "EXPIREAT K 33177117420",
        "EXPIRETIME K",
        "PERSIST K",
        "UNLINK K",
        "TOUCH K",
        "DUMP none",
        "OBJECT ENCODING K",
        "DBSIZE",
        "SORT K ALPHA",
        "LCS K K",
        "ECHO V",
        "PING",
        "PING V",
        "NOSUCH K",
        "GET",
        "SET K",
        "INCR K K",
        "OBJECT NOSUCH K",
        "CLIENT GETNAME",
        "EVAL E0 1 K",
        "EVAL E1 1 K V",
        "EVAL E2 0",
        "EVALSHA ffff 0",
        "SCRIPT EXISTS ffff",
        "EVAL_RO E0 1 K",
        "BLPOP none 0.001",
        "BLMPOP 0.001 1 K LEFT",
        "BZPOPMIN none 0.001",
        "SELECT 0",
        "SELECT 99",
        "SELECT x",
        "UNWATCH",
        "EXEC",
        "DISCARD",
        "PUBLISH V V",
        "PUBSUB NUMSUB V",
        "FLUSHALL",
        "SWAPDB 0 99",
        "MOVE K 0",
        "RESTORE K 0 bad",
        "FUNCTION LIST",
        "CONFIG GET maxmemory-samples",
        "CLIENT SETNAME a b",
        "SUBSTR K 0 2",
        "HELLO 9",
        "CLIENT LIST TYPE master",
        "CLIENT LIST TYPE nosuch",
        "CLIENT LIST ID 987654321",
        "CLIENT LIST ID x",
        "CLIENT KILL ID 987654321",
        "CLIENT KILL ID 0",
        "CLIENT KILL TYPE nosuch",
        "CLIENT KILL 1.2.3.4:5",
        "CLIENT KILL USER nobody",
        "CLIENT KILL SKIPME maybe",
        "CLIENT KILL",
        "CLIENT UNBLOCK 987654321",
        "CLIENT UNBLOCK 987654321 ERROR",
        "CLIENT UNBLOCK 987654321 NOSUCH",
        "CLIENT UNBLOCK x",
        "CLIENT GETREDIR",
        "CLIENT TRACKINGINFO",
        "CLIENT NO-EVICT maybe",
        "CLIENT PAUSE x",
        "CLIENT PAUSE 0",
        "CLIENT UNPAUSE",
        "CLIENT INFO x",
        "SCRIPT KILL",
        "SCRIPT NOSUCH",
        "FUNCTION KILL",
        "FUNCTION STATS",
        "FUNCTION STATS x",
        "FCALL none 0",
        "FCALL count 1 K",
        "FCALL_RO count 1 K",
        "FCALL_RO none 0",
        "SLOWLOG GET x",
        "SLOWLOG GET -2",
        "SLOWLOG LEN x",
        "SLOWLOG RESET",
        "XREAD BLOCK 1 STREAMS none $",
        "XREAD COUNT 1 STREAMS K 0",
        "XRANGE K - +",
        "XPENDING K g",
        "XACK K g 0-1",
        "GETEX K",
        "LPUSHX K V",
        "SINTER K K",
        "SDIFF K K",
        "HKEYS K",
        "HVALS K",
        "ZRANGEBYLEX K - +",
        "ZINTER 2 K K WITHSCORES",
        "ZRANDMEMBER none",
        "GEOSEARCH K FROMLONLAT 13 38 BYRADIUS 500 km ASC",
        "EXPIRE K 100 XX",
        "EXPIRE K",
        "KEYS none*",
        "SCAN 0 MATCH none* COUNT 1000",
        "SORT_RO K ALPHA LIMIT 0 2",
        "WAIT x 0",
        "MEMORY USAGE none",
        "DEBUG NOSUCH",
        "OBJECT HELP",
        "CONFIG SET nosuch 1",
        "CONFIG SET",
        "CONFIG RESETSTAT x",
        "ACL WHOAMI",
        "COMMAND COUNT",
        "AUTH x",
    };

    private static final String[] SCRIPTS = {
        "return redis.call('exists', KEYS[1])",
        "redis.call('del', KEYS[1]) redis.call('rpush', KEYS[1], ARGV[1], 'x') return redis.call('lrange', KEYS[1], 0, -1)",
        "return {1, 'two', {3, false}, redis.error_reply('ERR own')}",
    };

    private final Random random;

    RandomCommands(long seed) {
        this.random = new Random(seed);
    }

    /** This many commands, some of them in transactions. */
    List<byte[]> next(int count) {
        List<byte[]> commands = new ArrayList<>();
        while (commands.size() < count) {
            switch (random.nextInt(25)) {
                case 0 -> transaction(commands);
                case 1 -> commands.add(("SET " + key() + " inline\r\n").getBytes());
                case 3 -> commands.add(("APPEND " + key() + " \"\\x41 \\n\" \n").getBytes());
                case 4 -> {
                    commands.add(RespClient.encode("CLIENT", "REPLY", "SKIP"));
                    commands.add(RespClient.encode("SET", key(), "unseen"));
                }
                case 5 -> {
                    String channel = "c" + random.nextInt(3);
                    commands.add(RespClient.encode("SUBSCRIBE", channel, "c0"));
                    commands.add(RespClient.encode("PING"));
                    commands.add(RespClient.encode("UNSUBSCRIBE", "c0", channel));
                }
                case 2 -> {
                    commands.add(RespClient.encode("SET", key(), "x".repeat(1 << random.nextInt(18))));
                    commands.add(RespClient.encode("STRLEN", key()));
                }
                default -> commands.add(command());
            }
        }
        return commands;
    }

    private void transaction(List<byte[]> commands) {
        if (random.nextBoolean()) {
            commands.add(RespClient.encode("WATCH", key()));
            commands.add(command());
        }
        commands.add(RespClient.encode("MULTI"));
        for (int i = random.nextInt(5); i > 0; i--) {
            commands.add(command());
        }
        commands.add(RespClient.encode(random.nextInt(5) == 0 ? "DISCARD" : "EXEC"));
    }

    private byte[] command() {
        String[] words = SHAPES[random.nextInt(SHAPES.length)].split(" ");
        for (int i = 1; i < words.length; i++) {
            words[i] = switch (words[i]) {
                case "K" -> key();
                case "V" -> "v" + random.nextInt(6);
                case "N" -> Integer.toString(random.nextInt(60));
                case "*" -> words[0].equals("XADD") ? "0-*" : "*";
                case "E0", "E1", "E2" -> SCRIPTS[words[i].charAt(1) - '0'];
                default -> words[i];
            };
        }
        return RespClient.encode(words);
    }

    private String key() {
        return "k" + random.nextInt(12);
    }
}
