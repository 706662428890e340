/* The child writes its buffer into a pipe and says its status as exit code. It leaves by _exit, so
   that nothing the parent had buffered is written twice. */
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool write_all(int file, const char *bytes, size_t count)
{
  while (count) {
    const ssize_t written = write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

static void be_child(int file, ChildWork work, void *handle)
{
  Buffer out = BUFFER_EMPTY;
  Status status = work(handle, &out);
  if (!status && !write_all(file, out.bytes, out.count)) status = STATUS_IO;
  _exit((int)status);
}

static long long milliseconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Read until the other end closes or DEADLINE passes. */
static Status read_all(Buffer *out, int file, long long deadline)
{
  char bytes[65536];
  for (;;) {
    const long long left = deadline - milliseconds();
    if (left <= 0) return STATUS_LIMIT;
    struct pollfd ready = {.fd = file, .events = POLLIN};
    const int count = poll(&ready, 1, left > 60000 ? 60000 : (int)left);
    if (count < 0 && errno != EINTR) return STATUS_IO;
    if (count <= 0) continue;
    const ssize_t got = read(file, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return STATUS_IO;
    if (got == 0) return STATUS_OK;
    TRY(buffer_add(out, bytes, (size_t)got));
  }
}

static Status wait_for(pid_t child)
{
  int state;
  pid_t done;
  do done = waitpid(child, &state, 0);
  while (done < 0 && errno == EINTR);
  if (done < 0 || !WIFEXITED(state)) return STATUS_INTERNAL;
  const int code = WEXITSTATUS(state);
  return code >= 0 && code <= STATUS_INTERNAL ? (Status)code : STATUS_INTERNAL;
}

Status child_run(Buffer *out, unsigned seconds, ChildWork work, void *handle)
{
  int ends[2];
  if (pipe(ends) != 0) return STATUS_IO;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    be_child(ends[1], work, handle);
  }
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return STATUS_IO;
  }
  const Status status = read_all(out, ends[0], milliseconds() + (long long)seconds * 1000);
  close(ends[0]);
  if (status) kill(child, SIGKILL);
  const Status its = wait_for(child);
  return status ? status : its;
}
