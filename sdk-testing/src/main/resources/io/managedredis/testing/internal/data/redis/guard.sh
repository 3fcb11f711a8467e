# Starts and stops Redis servers as told on standard input, and ends them all when that input ends, however it ended.
# Arguments: the Redis binary, the directory of all servers, a directory to remove when told nothing before the end.
redis=$1 home=$2 leftover=$3
trap '' HUP INT QUIT TERM
pids=
while read -r verb argument; do
    case $verb in
    start)
        "$redis" "$argument/redis.conf" </dev/null >"$argument/redis.log" 2>&1 &
        pids="$pids $!"
        echo "$!"
        ;;
    stop)
        kill -9 "$argument" 2>/dev/null
        wait "$argument" 2>/dev/null
        remaining=
        for pid in $pids; do
            [ "$pid" = "$argument" ] || remaining="$remaining $pid"
        done
        pids=$remaining
        echo stopped
        ;;
    end)
        leftover=
        ;;
    esac
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null
wait
rm -rf "$home"
[ -z "$leftover" ] || rm -rf "$leftover"
