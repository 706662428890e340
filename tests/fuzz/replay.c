/* Stand-alone driver of a fuzz target: runs it over files and folders, each file whole and by
   halves. Without arguments, replay-NAME takes tests/fuzz/corpus-NAME. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST = 16 << 20 };

static int run_file(const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "cannot open %s\n", path);
    return 1;
  }
  uint8_t *bytes = malloc(LARGEST);
  const size_t size = bytes ? fread(bytes, 1, LARGEST, file) : 0;
  fclose(file);
  for (size_t n = size;; n /= 2) {
    uint8_t *exact = malloc(n ? n : 1); /* so that reading behind the end is seen */
    if (!exact) abort();
    if (n) memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    if (!n) break;
  }
  free(bytes);
  return 0;
}

static int run_path(const char *path, unsigned *count);

static int run_folder(DIR *folder, const char *path, unsigned *count)
{
  int failed = 0;
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    char inner[4096];
    if (entry->d_name[0] == '.') continue;
    snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    failed |= run_path(inner, count);
  }
  closedir(folder);
  return failed;
}

static int run_path(const char *path, unsigned *count)
{
  DIR *folder = opendir(path);
  if (folder) return run_folder(folder, path, count);
  ++*count;
  return run_file(path);
}

int main(int argc, char **argv)
{
  unsigned count = 0;
  int failed = 0;
  if (argc < 2) {
    char path[4096];
    const char *name = strrchr(argv[0], '-');
    snprintf(path, sizeof path, "tests/fuzz/corpus-%s", name ? name + 1 : "");
    failed = run_path(path, &count);
  }
  for (int i = 1; i < argc; i++) failed |= run_path(argv[i], &count);
  printf("%u inputs\n", count);
  return failed || !count;
}
