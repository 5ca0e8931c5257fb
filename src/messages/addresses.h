/* SPDX-License-Identifier: MIT
 * Addresses that messages go to: phone numbers, in all the ways in which one is
 * written, and mail addresses. */
#ifndef EBB_MESSAGES_ADDRESSES_H
#define EBB_MESSAGES_ADDRESSES_H

#include <stdbool.h>
#include <stdint.h>

/* Whether two addresses are the same: numbers by their digits, also where one of them
 * lacks the country or begins with the digit that is dialled before it at home;
 * anything else but for capitals. */
bool ebb_addresses_match(const char *a, const char *b);

/* A number that is the same for addresses that match, if they differ in no capitals
 * outside of ASCII: of a phone number its last digits, of anything else all of it. */
uint64_t ebb_address_kinship(const char *address);

#endif
