# What `helm test` does: joins no room, but opens a WebSocket as a client would, asks whether a server is ready, reads its
# metrics, and counts the servers that know of each other. The image has no curl; bash speaks HTTP as far as this.

# ask <host> <port> <path> [header…]: prints the answer.
ask() {
  local host=$1 port=$2 path=$3
  shift 3
  exec 3<>"/dev/tcp/$host/$port"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\n' "$path" "$host" >&3
  printf '%s\r\n' "$@" '' >&3
  timeout 10 cat <&3 || true
  exec 3>&-
}

# expect <what> <text that has to be in the answer> <answer>
expect() {
  case $3 in
    *"$2"*) echo "ok: $1" ;;
    *) echo "FAILED: $1. The answer was: ${3:-nothing}" && exit 1 ;;
  esac
}

expect 'the server is ready' '"UP"' \
  "$(ask "$MANAGEMENT_HOST" "$MANAGEMENT_PORT" /actuator/health/readiness 'Connection: close')"

# What is refused for want of a token is refused on the open WebSocket, so this holds whatever access.mode is.
exec 4<>"/dev/tcp/$HOST/$PORT"
printf '%s\r\n' 'GET /connect/helm-test?sessionId=helm-test HTTP/1.1' "Host: $HOST" 'Connection: Upgrade' \
  'Upgrade: websocket' 'Sec-WebSocket-Version: 13' 'Sec-WebSocket-Key: aGVsbSB0ZXN0IG9mIGl0IQ==' '' >&4
status=
read -r -t 10 status <&4 || true
exec 4>&-
expect 'a WebSocket opens' ' 101' "$status"

if [ "$METRICS" = true ]; then
  expect 'metrics can be scraped' 'jvm_memory_used_bytes' \
    "$(ask "$MANAGEMENT_HOST" "$MANAGEMENT_PORT" /actuator/prometheus 'Connection: close')"
fi

# Whichever server answers knows them all. One that was killed is missed only when its heartbeat has run out, and one that
# has just come is known at its first, so there is a minute to agree.
if [ -n "${ADMIN_TOKEN_FILE:-}" ]; then
  token=$(<"$ADMIN_TOKEN_FILE")
  until
    answer=$(ask "$HOST" "$PORT" /admin/v1/nodes "Authorization: Bearer $token" 'Connection: close')
    # Each node says when it was started, once.
    others=${answer//'"started"'/}
    nodes=$(((${#answer} - ${#others}) / 9))
    ((nodes >= FEWEST_NODES && nodes <= MOST_NODES)) || ((SECONDS > ${PATIENCE:-60}))
  do
    sleep 2
  done
  if ((nodes >= FEWEST_NODES && nodes <= MOST_NODES)); then
    echo "ok: as many servers know of each other as there should be: $nodes"
  else
    echo "FAILED: $nodes servers know of each other, not $FEWEST_NODES to $MOST_NODES. The answer was: ${answer:-nothing}"
    exit 1
  fi
fi
