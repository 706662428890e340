/* A header of fixed size, a table, and the sections. Numbers are copied out, never cast, so that
   only the content of sections depends on alignment; sections hold little-endian arrays that are
   used in place, so a big-endian machine refuses every model. */
#include "input/model.h"

#include <errno.h>
#include <stdio.h>

#define MAGIC "ENTMODEL"
#define VERSION 1u
#define HEADER_SIZE 32u
#define ENTRY_SIZE 32u
#define ALIGNMENT 16u
#define MOST_SECTIONS 64u

typedef struct Header {
  char magic[8];
  uint32_t version, sections;
  uint64_t size, checksum;
} Header;

typedef struct Entry {
  char name[MODEL_NAME_SIZE];
  uint64_t offset, length;
} Entry;

_Static_assert(sizeof(Header) == HEADER_SIZE, "the header has no padding");
_Static_assert(sizeof(Entry) == ENTRY_SIZE, "a table entry has no padding");

static bool little_endian(void)
{
  const uint16_t one = 1;
  unsigned char first;
  memcpy(&first, &one, 1);
  return first == 1;
}

static Header header_of(Slice bytes)
{
  Header header;
  memcpy(&header, bytes.ptr, sizeof header);
  return header;
}

static Entry entry_of(Slice bytes, size_t index)
{
  Entry entry;
  memcpy(&entry, bytes.ptr + HEADER_SIZE + index * ENTRY_SIZE, sizeof entry);
  return entry;
}

static uint64_t checksum_of(Slice bytes)
{
  return slice_hash(slice_part(bytes, HEADER_SIZE, bytes.len), VERSION);
}

static bool entries_are_sound(Slice bytes, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const Entry entry = entry_of(bytes, i);
    if (!memchr(entry.name, '\0', MODEL_NAME_SIZE) || entry.offset % ALIGNMENT != 0) return false;
    if (entry.offset > bytes.len || entry.length > bytes.len - entry.offset) return false;
  }
  return true;
}

/* What is wrong with BYTES, or NULL. */
static const char *fault_of(Slice bytes)
{
  if (!little_endian()) return "models need a little-endian machine";
  if (bytes.len < HEADER_SIZE || memcmp(bytes.ptr, MAGIC, 8) != 0) return "not a model file";
  const Header header = header_of(bytes);
  if (header.version != VERSION) return "model of another version";
  if (header.size != bytes.len) return "model is cut short or has something behind it";
  if (header.checksum != checksum_of(bytes)) return "model is damaged: the checksum does not match";
  if (header.sections > MOST_SECTIONS || bytes.len < HEADER_SIZE + header.sections * ENTRY_SIZE ||
      !entries_are_sound(bytes, header.sections)) {
    return "model has a bad table of sections";
  }
  return NULL;
}

Status model_open(Model *out, Slice bytes, const Report *sink)
{
  *out = (Model){SLICE_NONE};
  if ((uintptr_t)bytes.ptr % 8 != 0) return STATUS_ARGUMENT;
  const char *const fault = fault_of(bytes);
  if (fault) {
    report(sink, SEVERITY_ERROR, NULL, 0, 0, "%s", fault);
    return STATUS_INPUT;
  }
  out->bytes = bytes;
  return STATUS_OK;
}

bool model_section_at(ModelSection *out, const Model *model, size_t index)
{
  if (!model->bytes.ptr || index >= header_of(model->bytes).sections) return false;
  const Entry entry = entry_of(model->bytes, index);
  out->name = model->bytes.ptr + HEADER_SIZE + index * ENTRY_SIZE;
  out->content = (Slice){model->bytes.ptr + entry.offset, entry.length};
  return true;
}

Slice model_section(const Model *model, const char *name)
{
  ModelSection section;
  for (size_t i = 0; model_section_at(&section, model, i); i++) {
    if (strcmp(section.name, name) == 0) return section.content;
  }
  return SLICE_NONE;
}

static size_t aligned(size_t offset)
{
  return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static Status pad(Buffer *out, size_t start)
{
  static const char zeros[ALIGNMENT] = {0};
  const size_t used = out->count - start;
  return buffer_add(out, zeros, aligned(used) - used);
}

static Status write_table(Buffer *out, const ModelSection *sections, size_t count)
{
  size_t offset = HEADER_SIZE + count * ENTRY_SIZE;
  for (size_t i = 0; i < count; i++) {
    const size_t length = strlen(sections[i].name);
    if (length >= MODEL_NAME_SIZE) return STATUS_ARGUMENT;
    Entry entry = {{0}, aligned(offset), sections[i].content.len};
    memcpy(entry.name, sections[i].name, length);
    TRY(buffer_add(out, &entry, sizeof entry));
    offset = aligned(offset) + sections[i].content.len;
  }
  return STATUS_OK;
}

Status model_write(Buffer *out, const ModelSection *sections, size_t count)
{
  if (count > MOST_SECTIONS || !little_endian()) return STATUS_LIMIT;
  const size_t start = out->count;
  Header header = {{0}, VERSION, (uint32_t)count, 0, 0};
  memcpy(header.magic, MAGIC, sizeof header.magic);
  TRY(buffer_add(out, &header, sizeof header));
  TRY(write_table(out, sections, count));
  for (size_t i = 0; i < count; i++) {
    TRY(pad(out, start));
    TRY(buffer_slice(out, sections[i].content));
  }
  const Slice whole = {out->bytes + start, out->count - start};
  header.size = whole.len;
  header.checksum = checksum_of(whole);
  memcpy(out->bytes + start, &header, sizeof header);
  return STATUS_OK;
}

Status model_replace(Buffer *out, const Model *model, const char *name, Slice content)
{
  ModelSection sections[MOST_SECTIONS + 1];
  size_t count = 0;
  bool found = false;
  while (model_section_at(&sections[count], model, count)) {
    if (strcmp(sections[count].name, name) == 0) {
      sections[count].content = content;
      found = true;
    }
    count++;
  }
  if (!found) sections[count++] = (ModelSection){name, content};
  return model_write(out, sections, count);
}

static Status read_all(Buffer *out, FILE *file)
{
  char block[1 << 16];
  size_t got;
  while ((got = fread(block, 1, sizeof block, file)) > 0) TRY(buffer_add(out, block, got));
  return ferror(file) ? STATUS_IO : STATUS_OK;
}

Status model_read_file(Buffer *out, const char *path, const Report *sink)
{
  FILE *const file = fopen(path, "rb");
  Status status = file ? read_all(out, file) : STATUS_IO;
  if (status == STATUS_IO) {
    report(sink, SEVERITY_ERROR, path, 0, 0, "cannot read: %s", strerror(errno));
  }
  if (file) fclose(file);
  return status;
}

static bool write_all(const char *path, Slice bytes)
{
  FILE *const file = fopen(path, "wb");
  if (!file) return false;
  const bool written = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
  return fclose(file) == 0 && written;
}

Status model_write_file(const char *path, Slice bytes, const Report *sink)
{
  Buffer beside = BUFFER_EMPTY;
  Status status = buffer_printf(&beside, "%s.part", path);
  if (status == STATUS_OK && (!write_all(beside.bytes, bytes) || rename(beside.bytes, path) != 0)) {
    report(sink, SEVERITY_ERROR, path, 0, 0, "cannot write: %s", strerror(errno));
    remove(beside.bytes);
    status = STATUS_IO;
  }
  buffer_clear(&beside);
  return status;
}
