#!/usr/bin/env bash
# Debian's cron 3.0pl1-162: CRON_TZ in a crontab is a variable like any other, and jobs run by the system's own time.
# (cronie, of Fedora and Red Hat, heeds it.) A job of 01:00 below CRON_TZ=UTC does not run at 01:00 UTC on a machine in
# Zurich, where the job of 02:00 runs. Seen: "ran: zurich-02:00". Exits 1 when that changes. Needs Debian 12 and root:
# cron runs with a table, a zone and a clock of its own, in mounts that nobody else sees.
set -euo pipefail
apt-get install -y -qq --no-install-recommends cron=3.0pl1-162 libfaketime=0.9.10-2.1 >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/table" <<TABLE
0 2 * * * echo zurich-02:00 >> $work/log
CRON_TZ=UTC
0 1 * * * echo utc-01:00 >> $work/log
TABLE
export work
unshare --mount bash -euo pipefail -c '
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
mount --bind /usr/share/zoneinfo/Europe/Zurich /etc/localtime
crontab "$work/table"
touch -d "2020-01-01 UTC" /var/spool/cron/crontabs/*
LD_PRELOAD=$(ls /usr/lib/*/faketime/libfaketime.so.1) FAKETIME="@2027-01-10 01:50:00 x120" NO_FAKE_STAT=1 cron -f &
daemon=$!
sleep 10  # twenty minutes by the clock of cron
kill $daemon'
echo "ran: $(cat "$work/log")"
[ "$(cat "$work/log")" = "zurich-02:00" ]
