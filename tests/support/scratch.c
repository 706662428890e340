#define _XOPEN_SOURCE 700 /* P_tmpdir */
#include "scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scratch_new(char folder[64])
{
  const char *const place = getenv("TMPDIR");
  const int length = snprintf(folder, 64, "%s/entente-XXXXXX", place ? place : P_tmpdir);
  if (length >= 64 || !mkdtemp(folder)) abort();
}

void scratch_write(char path[256], const char *folder, const char *name, const void *bytes,
                   size_t count)
{
  snprintf(path, 256, "%s/%s", folder, name);
  FILE *const file = fopen(path, "wb");
  if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0) abort();
}

void scratch_remove(const char *folder)
{
  chmod(folder, 0700);
  DIR *const listing = opendir(folder);
  if (!listing) return;
  for (struct dirent *entry; (entry = readdir(listing));) {
    char path[1024];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (unlink(path) != 0) scratch_remove(path);
  }
  closedir(listing);
  rmdir(folder);
}

static void note(void *handle, const Message *message)
{
  Buffer *const messages = handle;
  if (message->file) buffer_printf(messages, "%s:", message->file);
  if (message->line) buffer_printf(messages, "%zu:", message->line);
  if (message->column) buffer_printf(messages, "%zu:", message->column);
  buffer_printf(messages, " %s\n", message->text);
}

Report scratch_report(Buffer *messages)
{
  return (Report){note, messages};
}
