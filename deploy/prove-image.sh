#!/usr/bin/env bash
# Proves the Dockerfile where there is no Docker: takes its stages from the packaged jar on, does their COPY and RUN in a
# scratch folder, starts the ENTRYPOINT there with ENV, as the numeric USER with nothing writable but the data and the
# temporary folder (when it is root who runs this), asks HEALTHCHECK, and stops the server with SIGTERM.
#
#   ./mvnw package && deploy/prove-image.sh [jar]
#
# JAVA_HOME is the Java of the image, 25. Prints the times of a start with the AOT cache and without.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
jar=$(realpath "${1:-$(ls target/drawbridge-*.jar | head -1)}")
export PATH="${JAVA_HOME:+$JAVA_HOME/bin:}$PATH"
unset JAVA_TOOL_OPTIONS

root=$(mktemp -d "${TMPDIR:-/tmp}/drawbridge-image-XXXXXX")
chmod 755 "$root"
server=
clean_up() {
  if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; fi
  chmod -R u+w "$root"
  rm -rf "$root"
}
trap clean_up EXIT
say() { printf '%s\n' "$*" >&2; }
fail() { say "FAILED: $*"; if [ -f "$root/log" ]; then tail -40 "$root/log" >&2; fi; exit 1; }

# ["a", "b"] as an array of words.
words() { sed 's/^\[//; s/\]$//; s/", *"/\n/g; s/^"//; s/"$//' <<<"$1"; }

# A path of the image, in the scratch folder.
inside() {
  case $1 in
    /*) printf '%s' "$root$1" ;;
    *) printf '%s' "$workdir/$1" ;;
  esac
}

copy() {
  local from='' sources=() to
  case $1 in --from=*) from=${1#--from=}; shift ;; esac
  to=$(inside "${!#}")
  while [ $# -gt 1 ]; do sources+=("$1"); shift; done
  mkdir -p "$(dirname "$to")"
  for source in "${sources[@]}"; do
    case $from in
      build) cp -p "$jar" "$to" ;;
      '') cp -p "$project/$source" "$to" ;;
      *) cp -pR "$root$source." "$to" ;;
    esac
  done
}

workdir=$root environment=() user='' entry=() health=()
mkdir "$root/tmp" && chmod 1777 "$root/tmp"
proving=
while read -r instruction rest; do
  case $instruction in
    FROM) case $rest in *' AS layers') proving=yes ;; esac ;;
  esac
  [ -n "$proving" ] || continue
  case $instruction in
    WORKDIR) workdir=$root$rest; mkdir -p "$workdir" ;;
    COPY) read -ra arguments <<<"$rest"; copy "${arguments[@]}" ;;
    RUN)
      say "RUN $rest"
      # The one absolute path there may be is that of the volume.
      (cd "$workdir" && bash -euc "${rest// \/data/ $root/data}") >"$root/log" 2>&1 || fail "RUN $rest"
      ;;
    ENV) environment+=("${rest/=\//=$root/}") ;;
    USER) user=$rest ;;
    HEALTHCHECK) mapfile -t health < <(words "${rest#*CMD }") ;;
    ENTRYPOINT) mapfile -t entry < <(words "$rest") ;;
  esac
done < <(grep -Ev '^ *(#|$)' Dockerfile)
[ -f "$workdir/drawbridge.aot" ] || fail 'no AOT cache was made'
chmod -R a-w "$workdir"

as_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  as_user=(setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs)
  as_user+=(--bounding-set=-all --inh-caps=-all)
  if "${as_user[@]}" touch "$workdir/x" 2>/dev/null; then fail 'the folder of the server can be written to'; fi
fi

free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

# Starts the given command as the image would, with the heap that a container of 1 GiB has; measures until it is healthy.
run() {
  local port started
  port=$(free_port)
  local settings=(env "${environment[@]}" "TMPDIR=$root/tmp" "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$root/tmp -Xmx716m"
    "SERVER_ADDRESS=127.0.0.1" "SERVER_PORT=$port")
  started=$(date +%s%N)
  (cd "$workdir" && exec "${as_user[@]}" "${settings[@]}" "$@") >"$root/log" 2>&1 &
  server=$!
  until (cd "$workdir" && SERVER_PORT=$port "${health[@]}") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || fail 'the server has ended'
    [ $(($(date +%s%N) - started)) -lt 120000000000 ] || fail 'the server is not healthy after two minutes'
  done
  milliseconds=$((($(date +%s%N) - started) / 1000000))
  grep -q 'Picked up JAVA_TOOL_OPTIONS' "$root/log" || fail 'JAVA_TOOL_OPTIONS is not honoured'
  # Also the time it took on processors, which says more where others want them too.
  processor=$(awk -v hertz="$(getconf CLK_TCK)" '{ print int(($14 + $15) * 1000 / hertz) }' "/proc/$server/stat" || true)
  resident=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status" || true)
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET /connect/proof?sessionId=proof HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' >&3
  printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cHJvdmluZyB0aGUgaW1hZw==\r\n\r\n' >&3
  read -r -t 5 _ status _ <&3 && [ "$status" = 101 ] || fail "a WebSocket gets the answer ${status:-none}"
  exec 3>&-
  kill -TERM "$server"
  local code=0
  wait "$server" || code=$?
  server=
  # 143 is how a JVM says that SIGTERM ended it, in order.
  [ "$code" = 143 ] || fail "SIGTERM ended the server with $code"
  [ -s "$root/data/drawbridge.db" ] || fail 'no rooms are kept in the volume'
}

without=()
for word in "${entry[@]}"; do
  case $word in -XX:AOTCache=*) ;; *) without+=("$word") ;; esac
done

run "${without[@]}" # warms the disk's cache, so that the order decides nothing
run "${without[@]}"
say "without the AOT cache: healthy after $milliseconds ms (${processor:-?} ms of CPU), resident ${resident:-?} MB"
cold=$milliseconds
# A cache that does not fit is passed over in silence, unless it is demanded.
run "${entry[@]:0:1}" -XX:AOTMode=on "${entry[@]:1}"
run "${entry[@]}"
say "with the AOT cache:    healthy after $milliseconds ms (${processor:-?} ms of CPU), resident ${resident:-?} MB"
say "the AOT cache: $(du -m "$workdir/drawbridge.aot" | cut -f1) MB"
[ "$milliseconds" -lt "$cold" ] || say 'The cache made it no faster: is the machine busy?'
say 'PROVEN'
