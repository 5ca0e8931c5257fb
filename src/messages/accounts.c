/* SPDX-License-Identifier: MIT */
#include "messages/accounts.h"

#include <stdio.h>

#define SIGN_MAX 128 /* bytes */

static uint64_t hash_account_bytes(const char *bytes, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

uint64_t ebb_account_hash(const char *bytes, size_t length)
{
    uint64_t hash = hash_account_bytes(bytes, length);
    return hash ? hash : 1;
}

int ebb_account_find(const ebb_accounts_t *accounts, uint64_t id)
{
    for (size_t i = 0; id && i < accounts->count; i++) {
        if (accounts->known[i].id == id) {
            return accounts->known[i].person;
        }
    }
    return -1;
}

/* Whether an account is already known by this display name. */
static bool is_namesake(const ebb_accounts_t *accounts, uint64_t name_hash)
{
    for (size_t i = 0; i < accounts->count; i++) {
        if (accounts->known[i].name_hash == name_hash) {
            return true;
        }
    }
    return false;
}

static void remember_account(ebb_accounts_t *accounts, ebb_account_id_t account)
{
    if (account.id && accounts->count < EBB_ACCOUNTS_MAX) {
        accounts->known[accounts->count++] = account;
    }
}

int ebb_account_add(ebb_accounts_t *accounts, const ebb_newcomer_t *who)
{
    char called[EBB_NAME_MAX + SIGN_MAX + 4];
    size_t length = who->length < EBB_NAME_MAX ? who->length : EBB_NAME_MAX;
    int n = snprintf(called, sizeof called, "%.*s", (int)length, who->name);
    uint64_t name_hash = hash_account_bytes(called, (size_t)n);
    if (who->id && is_namesake(accounts, name_hash)) {
        n += snprintf(called + n, sizeof called - (size_t)n, " (%.*s)", SIGN_MAX,
                      who->sign);
    }
    int person = ebb_import_person(accounts->import, called, (size_t)n);
    if (person >= 0) {
        remember_account(accounts,
                         (ebb_account_id_t){who->id, name_hash, (uint8_t)person});
    }
    return person;
}

void ebb_account_link(ebb_accounts_t *accounts, uint64_t id, int person)
{
    if (ebb_account_find(accounts, id) < 0) {
        remember_account(accounts,
                         (ebb_account_id_t){.id = id, .person = (uint8_t)person});
    }
}

const char *ebb_account_problem(int code)
{
    _Static_assert(EBB_PERSONS_MAX == 250, "the sentence below says so");
    return code == EBB_ERR_LIMIT ? "more than 250 persons write here; this is a group"
                                 : "no memory for its persons";
}
