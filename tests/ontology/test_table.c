/* The table from strings to numbers. */
#include "ontology/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define MANY 5000

static void test_empty(void **state)
{
  (void)state;
  Table table = TABLE_EMPTY;
  assert_int_equal(table_get(&table, SLICE("x")), TABLE_NONE);
  table_clear(&table);
}

static void test_put_and_get(void **state)
{
  (void)state;
  Table table = TABLE_EMPTY;
  assert_int_equal(table_put(&table, SLICE("x"), 1), STATUS_OK);
  assert_int_equal(table_put(&table, SLICE(""), 2), STATUS_OK);
  assert_int_equal(table_put(&table, SLICE("x"), 3), STATUS_OK);
  assert_int_equal(table.count, 2);
  assert_int_equal(table_get(&table, SLICE("x")), 3);
  assert_int_equal(table_get(&table, SLICE("")), 2);
  assert_int_equal(table_get(&table, SLICE("X")), TABLE_NONE);
  table_clear(&table);
}

static void test_many(void **state)
{
  (void)state;
  static char names[MANY][8];
  Table table = TABLE_EMPTY;
  for (uint32_t i = 0; i < MANY; i++) {
    snprintf(names[i], sizeof names[i], "n%u", i);
    assert_int_equal(table_put(&table, slice_of(names[i]), i), STATUS_OK);
  }
  for (uint32_t i = 0; i < MANY; i++) assert_int_equal(table_get(&table, slice_of(names[i])), i);
  assert_int_equal(table.count, MANY);
  assert_int_equal(table_get(&table, SLICE("n5000")), TABLE_NONE);
  table_clear(&table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),
      cmocka_unit_test(test_put_and_get),
      cmocka_unit_test(test_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
