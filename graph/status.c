#include "status.h"

const char *status_text(Status status)
{
  switch (status) {
  case STATUS_OK:
    return "done";
  case STATUS_ARGUMENT:
    return "bad argument";
  case STATUS_MEMORY:
    return "out of memory";
  case STATUS_INPUT:
    return "bad input";
  case STATUS_NOT_FOUND:
    return "not found";
  case STATUS_IO:
    return "cannot read or write";
  case STATUS_LIMIT:
    return "too large";
  case STATUS_QUERY:
    return "bad query or ontology";
  case STATUS_INTERNAL:
    return "internal error";
  }
  return "unknown status";
}
