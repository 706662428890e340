/* Grouping: split the pairs of one happening into groups in which everyone on one side goes with
   everyone on the other, so that a group can be one node with roles and no pair is lost or added.
 */
#ifndef ENTENTE_GROUPING_H
#define ENTENTE_GROUPING_H

#include "arena.h"

typedef struct Pair {
  uint32_t subject, object;
} Pair;

typedef struct Side {
  const uint32_t *members; /* ordered, without duplicates */
  size_t count;
} Side;

typedef struct Group {
  Side subjects, objects; /* no objects: all subjects go with each other (symmetric only) */
} Group;

/* Order of members; equal ones are one. */
typedef int (*MemberOrder)(const void *handle, uint32_t a, uint32_t b);

/* Split PAIRS (changed in place) into groups, allocated in ARENA; the result depends on the set of
   pairs alone, not on their sequence. Symmetric pairs may stand either way round; the side with the
   smallest member comes out as subjects. Pairs of one with itself are dropped if symmetric. */
Status group_pairs(Group **out, size_t *count, Arena *arena, Pair *pairs, size_t pair_count,
                   bool symmetric, MemberOrder order, const void *handle);

#endif
