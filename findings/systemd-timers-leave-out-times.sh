#!/usr/bin/env bash
# systemd 252 of Debian 12 (seen with 252.38-1~deb12u1): a timer with a time zone leaves a run out when clocks are put forward over its
# time, and makes up for it neither then nor, with Persistent=true, later: for systemd there was none. A timer of every
# half an hour is silent for an hour and a half when clocks are put back: the second of two equal hours has no runs.
# Seen: the next runs after 02:30 in Zurich on 27 March 2027, and around 02:30 on 31 October 2027. Exits 1 when that
# changes. Needs Debian 12 and root (apt-get).
set -euo pipefail
command -v systemd-analyze >/dev/null || apt-get install -y -qq systemd=252.39-1~deb12u2 >/dev/null
systemd-analyze --version | head -1
next() {
  TZ=UTC LC_ALL=C.UTF-8 systemd-analyze calendar --base-time="$1" --iterations=4 "$2" |
    grep -oE '[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:00 UTC' | cut -c1-11 | tr '\n' ' '
}
forward=$(next "2027-03-27 12:00:00 UTC" "*-*-* 02:30:00 Europe/Zurich")
back=$(next "2027-10-31 00:10:00 UTC" "*-*-* *:00,30:00 Europe/Zurich")
echo "at 02:30, clocks put forward on 28 March: $forward(UTC)"
echo "each half hour, clocks put back on 31 October: $back(UTC)"
[ "$forward" = "03-29 00:30 03-30 00:30 03-31 00:30 04-01 00:30 " ]
[ "$back" = "10-31 00:30 10-31 02:00 10-31 02:30 10-31 03:00 " ]
