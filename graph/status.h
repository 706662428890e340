/* Status: what a function that can fail returns. 0 is success; the words go to a Report. */
#ifndef ENTENTE_STATUS_H
#define ENTENTE_STATUS_H

typedef enum Status {
  STATUS_OK = 0,
  STATUS_ARGUMENT,  /* the caller passed something that makes no sense */
  STATUS_MEMORY,    /* an allocation failed */
  STATUS_INPUT,     /* the bytes read are not what they should be */
  STATUS_NOT_FOUND, /* nothing goes by that name */
  STATUS_IO,        /* reading or writing failed */
  STATUS_LIMIT,     /* legal, but beyond what is handled */
  STATUS_QUERY,     /* a query or an ontology that cannot be used */
  STATUS_INTERNAL   /* a library did something it says it does not */
} Status;

/* Return from the calling function with the status of EXPRESSION unless it is STATUS_OK. */
#define TRY(EXPRESSION)                                                                            \
  do {                                                                                             \
    const Status try_status_ = (EXPRESSION);                                                       \
    if (try_status_ != STATUS_OK) return try_status_;                                              \
  } while (0)

/* Say what STATUS means in a few words of English; the string is static. */
const char *status_text(Status status);

#endif
