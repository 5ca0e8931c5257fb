/* SPDX-License-Identifier: MIT */
#include "messages/phonebook.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"

#define TAIL_DIGITS 7 /* numbers of fewer digits are short codes: the same or not */

/* ---- addresses ---- */

typedef struct phone_number {
    char digits[32];
    size_t count;
    bool abroad; /* with its country: + or 00 before it */
} phone_number_t;

/* The digits of a phone number; false where it is something else. */
static bool read_number(const char *address, phone_number_t *number)
{
    *number = (phone_number_t){.abroad = address[0] == '+'};
    for (const char *c = address; *c; c++) {
        if (*c >= '0' && *c <= '9') {
            if (number->count == sizeof number->digits) {
                return false;
            }
            number->digits[number->count++] = *c;
        } else if (!strchr("+-. ()/", *c)) {
            return false;
        }
    }
    if (!number->abroad && number->count > 2 && !memcmp(number->digits, "00", 2)) {
        number->abroad = true;
        number->count -= 2;
        memmove(number->digits, number->digits + 2, number->count);
    }
    return number->count > 0;
}

static uint32_t number_tail(const phone_number_t *number)
{
    uint32_t tail = 0;
    for (size_t i = number->count - TAIL_DIGITS;
         number->count >= TAIL_DIGITS && i < number->count; i++) {
        tail = tail * 10 + (uint32_t)(number->digits[i] - '0');
    }
    return number->count >= TAIL_DIGITS ? tail + 1 : 0;
}

/* A number without its country, less the nought that stands for it at home, ends the
 * one with it. */
static bool numbers_match(const phone_number_t *a, const phone_number_t *b)
{
    if (a->abroad == b->abroad || a->count < TAIL_DIGITS || b->count < TAIL_DIGITS) {
        return a->abroad == b->abroad && a->count == b->count &&
               memcmp(a->digits, b->digits, a->count) == 0;
    }
    const phone_number_t *home = a->abroad ? b : a, *far = a->abroad ? a : b;
    size_t nought = home->digits[0] == '0';
    size_t n = home->count - nought;
    return n >= TAIL_DIGITS && n <= far->count &&
           memcmp(home->digits + nought, far->digits + far->count - n, n) == 0;
}

bool ebb_addresses_match(const char *a, const char *b)
{
    phone_number_t x, y;
    if (read_number(a, &x) && read_number(b, &y)) {
        return numbers_match(&x, &y);
    }
    return ebb_names_alike(a, b);
}

/* ---- the table of addresses ---- */

static const char *contact_text(const ebb_phonebook_t *c, size_t place)
{
    return c->bytes.data + place;
}

/* Keeps a text; its place, 0 when out of memory. */
static size_t keep_contact_text(ebb_phonebook_t *c, const char *text)
{
    if (c->bytes.length == 0) {
        ebb_text_append(&c->bytes, "", 1); /* place 0 stands for none */
    }
    size_t place = c->bytes.length;
    ebb_text_append(&c->bytes, text, strlen(text) + 1);
    return c->bytes.failed ? 0 : place;
}

static void enter_address(ebb_phonebook_t *c, size_t index)
{
    size_t slot = (size_t)c->addresses[index].hash & (c->table_room - 1);
    while (c->table[slot]) {
        slot = (slot + 1) & (c->table_room - 1);
    }
    c->table[slot] = (uint32_t)index + 1;
}

/* Room in the table for one more, at most half of it taken. */
static int grow_contact_table(ebb_phonebook_t *c)
{
    if (2 * (c->address_count + 1) <= c->table_room) {
        return EBB_OK;
    }
    size_t room = c->table_room ? 2 * c->table_room : 256;
    uint32_t *table = ebb_new_array(c->import->alloc, room, sizeof *table);
    if (!table) {
        return EBB_ERR_MEMORY;
    }
    ebb_free_array(c->import->alloc, c->table, c->table_room, sizeof *c->table);
    c->table = table;
    c->table_room = room;
    for (size_t i = 0; i < c->address_count; i++) {
        enter_address(c, i);
    }
    return EBB_OK;
}

static int find_address(const ebb_phonebook_t *c, const char *address, uint64_t hash)
{
    for (size_t slot = (size_t)hash; c->table_room > 0; slot++) {
        uint32_t entry = c->table[slot & (c->table_room - 1)];
        if (entry == 0) {
            break;
        }
        const ebb_phonebook_address_t *known = &c->addresses[entry - 1];
        if (known->hash == hash && strcmp(contact_text(c, known->text), address) == 0) {
            return (int)known->contact;
        }
    }
    return -1;
}

/* The contact of another spelling of an address; -1 if there is none. */
static int find_spelled(const ebb_phonebook_t *c, const char *address, uint32_t tail)
{
    for (size_t i = 0; i < c->address_count; i++) {
        const ebb_phonebook_address_t *known = &c->addresses[i];
        if (known->tail == tail &&
            ebb_addresses_match(contact_text(c, known->text), address)) {
            return (int)known->contact;
        }
    }
    return -1;
}

static int add_contact(ebb_phonebook_t *c, size_t address)
{
    void *grown = c->contacts;
    if (ebb_grow(c->import->alloc, &grown, &c->room, c->count + 1,
                 sizeof *c->contacts)) {
        return EBB_ERR_MEMORY;
    }
    c->contacts = grown;
    c->contacts[c->count] =
        (ebb_phonebook_entry_t){.address = address, .same = (uint32_t)c->count};
    return (int)c->count++;
}

static int add_address(ebb_phonebook_t *c, const char *address, uint64_t hash)
{
    phone_number_t number;
    uint32_t tail = read_number(address, &number) ? number_tail(&number) : 0;
    void *grown = c->addresses;
    if (c->address_count >= EBB_PHONEBOOK_MAX) {
        return EBB_ERR_LIMIT;
    }
    if (grow_contact_table(c) || ebb_grow(c->import->alloc, &grown, &c->address_room,
                                          c->address_count + 1, sizeof *c->addresses)) {
        return EBB_ERR_MEMORY;
    }
    c->addresses = grown;
    int contact = find_spelled(c, address, tail);
    size_t text = keep_contact_text(c, address);
    if (text && contact < 0) {
        contact = add_contact(c, text);
    }
    if (!text || contact < 0) {
        return EBB_ERR_MEMORY;
    }
    c->addresses[c->address_count] =
        (ebb_phonebook_address_t){text, hash, tail, (uint32_t)contact};
    enter_address(c, c->address_count++);
    return contact;
}

int ebb_phonebook_find(ebb_phonebook_t *book, const char *address, size_t length)
{
    char clean[EBB_NAME_MAX];
    if (!book->bytes.data) {
        ebb_text_init(&book->bytes, book->import->alloc);
    }
    length = ebb_name_clean(clean, address, length);
    uint64_t hash = ebb_account_hash(clean, length);
    int known = find_address(book, clean, hash);
    return known >= 0 ? known : add_address(book, clean, hash);
}

/* ---- who is who ---- */

int ebb_phonebook_root(const ebb_phonebook_t *book, int contact)
{
    uint32_t i = (uint32_t)contact;
    while (book->contacts[i].same != i) {
        i = book->contacts[i].same;
    }
    return (int)i;
}

void ebb_phonebook_join(ebb_phonebook_t *book, int one, int other)
{
    int a = ebb_phonebook_root(book, one), b = ebb_phonebook_root(book, other);
    int first = a < b ? a : b, second = a < b ? b : a;
    ebb_phonebook_entry_t *kept = &book->contacts[first];
    ebb_phonebook_entry_t *gone = &book->contacts[second];
    if (first == second) {
        return;
    }
    kept->name = kept->name ? kept->name : gone->name;
    kept->alias = kept->alias ? kept->alias : gone->alias;
    kept->events += gone->events;
    gone->events = 0;
    gone->same = (uint32_t)first;
}

int ebb_phonebook_name(ebb_phonebook_t *book, int contact, const char *name)
{
    int root = ebb_phonebook_root(book, contact);
    ebb_phonebook_entry_t *named = &book->contacts[root];
    bool none =
        name[0] == '\0' || strcmp(name, "null") == 0 || strcmp(name, "(Unknown)") == 0;
    if (named->name || none) {
        return EBB_OK;
    }
    named->name = keep_contact_text(book, name);
    if (!named->name) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 0; i < book->count; i++) {
        const ebb_phonebook_entry_t *other = &book->contacts[i];
        if (other->name && (int)i != root &&
            strcmp(contact_text(book, other->name), name) == 0) {
            ebb_phonebook_join(book, root, (int)i);
            break;
        }
    }
    return EBB_OK;
}

static bool has_contact_name(const ebb_phonebook_t *c, size_t i, const char *given)
{
    char name[EBB_NAME_MAX], wanted[EBB_NAME_MAX];
    if (!c->contacts[i].name) {
        return false;
    }
    const char *called = contact_text(c, c->contacts[i].name);
    (void)ebb_name_clean(name, called, strlen(called));
    (void)ebb_name_clean(wanted, given, strlen(given));
    return ebb_names_alike(name, wanted);
}

static void clear_marks(ebb_phonebook_t *c)
{
    for (size_t i = 0; i < c->count; i++) {
        c->contacts[i].marks = 0;
    }
}

static void mark_by_name(ebb_phonebook_t *c, const char *given)
{
    for (size_t i = 0; i < c->count; i++) {
        bool named = has_contact_name(c, i, given);
        c->contacts[ebb_phonebook_root(c, (int)i)].marks |=
            named ? EBB_PHONEBOOK_BY_NAME : 0;
    }
}

static void mark_by_address(ebb_phonebook_t *c, const char *given)
{
    for (size_t i = 0; i < c->address_count; i++) {
        const ebb_phonebook_address_t *known = &c->addresses[i];
        if (ebb_addresses_match(contact_text(c, known->text), given)) {
            c->contacts[ebb_phonebook_root(c, (int)known->contact)].marks |=
                EBB_PHONEBOOK_BY_ADDRESS;
        }
    }
}

/* Joins all that are marked into one; its root, -1 where none is. */
static int join_marked(ebb_phonebook_t *c)
{
    int first = -1;
    for (size_t i = 0; i < c->count; i++) {
        if (c->contacts[i].marks) {
            first = first < 0 ? (int)i : first;
            ebb_phonebook_join(c, first, (int)i);
        }
    }
    return first;
}

/* Joins those to whom aliases give one name, or that of a contact, or its address. */
static void join_aliased(ebb_phonebook_t *c)
{
    const ebb_import_opts_t *opts = &c->import->opts;
    for (size_t k = 0; k < opts->alias_count; k++) {
        clear_marks(c);
        for (size_t j = 0; j < opts->alias_count; j++) {
            if (ebb_names_match(opts->aliases[j].to, opts->aliases[k].to)) {
                mark_by_name(c, opts->aliases[j].from);
                mark_by_address(c, opts->aliases[j].from);
            }
        }
        int root = join_marked(c); /* somebody is called so by an alias */
        if (root >= 0) {
            mark_by_name(c, opts->aliases[k].to);
            mark_by_address(c, opts->aliases[k].to);
            root = join_marked(c);
            ebb_phonebook_entry_t *contact = &c->contacts[ebb_phonebook_root(c, root)];
            contact->alias = contact->alias ? contact->alias : (uint32_t)k + 1;
        }
    }
}

/* ---- the choice ---- */

/* How a contact is shown: the name an alias gives it, its own, its first address. */
static const char *contact_called(const ebb_phonebook_t *c, int root)
{
    const ebb_phonebook_entry_t *contact = &c->contacts[root];
    return contact->alias
               ? c->import->opts.aliases[contact->alias - 1].to
               : contact_text(c, contact->name ? contact->name : contact->address);
}

/* Marks whom a choice names. */
static void mark_chosen(ebb_phonebook_t *c, const char *given)
{
    if (!given) {
        return;
    }
    mark_by_name(c, given);
    mark_by_address(c, given);
    for (size_t i = 0; i < c->count; i++) {
        if (c->contacts[i].alias && ebb_names_match(contact_called(c, (int)i), given)) {
            c->contacts[i].marks |= EBB_PHONEBOOK_BY_NAME;
        }
    }
}

/* "Ana (3012), +491701234567 (17) ...", most first, as many as an error can hold. */
static void list_contacts(const ebb_phonebook_t *c, char *text, size_t room)
{
    size_t used = 0, after = 0;
    uint64_t ceiling = UINT64_MAX;
    for (int n = 0; n < 12 && used + 90 < room; n++) {
        int best = -1;
        for (size_t i = 0; i < c->count; i++) {
            uint64_t events = c->contacts[i].events;
            bool left = events < ceiling || (events == ceiling && i >= after);
            if (left && events > 0 && (best < 0 || events > c->contacts[best].events)) {
                best = (int)i;
            }
        }
        if (best < 0) {
            break;
        }
        ceiling = c->contacts[best].events;
        after = (size_t)best + 1;
        char name[EBB_NAME_MAX];
        const char *called = contact_called(c, best);
        size_t length = ebb_name_clean(name, called, strlen(called));
        while (length > 60 || (length > 0 && (name[length] & 0xC0) == 0x80)) {
            length--; /* whole characters */
        }
        int wrote = snprintf(text + used, room - used, "%s%.*s (%llu)", n ? ", " : "",
                             (int)length, name, (unsigned long long)ceiling);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}

/* Marks those who may be meant; their number, and the last of them. */
static size_t mark_candidates(ebb_phonebook_t *book, int *last)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    bool named = opts->partner || opts->between[0];
    size_t count = 0;
    clear_marks(book);
    mark_chosen(book, opts->partner);
    mark_chosen(book, opts->between[0]);
    mark_chosen(book, opts->between[1]);
    for (size_t i = 0; i < book->count; i++) {
        const ebb_phonebook_entry_t *contact = &book->contacts[i];
        bool fits = contact->events > 0 && (!named || contact->marks);
        *last = fits ? (int)i : *last;
        count += fits;
    }
    return count;
}

int ebb_phonebook_choose(ebb_phonebook_t *book, const char *where, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    bool named = opts->partner || opts->between[0];
    ebb_place_t place = {.where = where};
    char text[380] = "";
    int chosen = -1;
    join_aliased(book);
    size_t count = mark_candidates(book, &chosen);
    if (count == 1) {
        book->import->partner_named_chat |=
            book->contacts[chosen].marks == EBB_PHONEBOOK_BY_ADDRESS;
        return chosen;
    }
    list_contacts(book, text, sizeof text);
    if (text[0] == '\0') {
        return ebb_fail_at(error, EBB_ERR_INPUT, place,
                           "holds no message between two persons; is it the backup of "
                           "the right phone?");
    }
    const char *why = !named  ? "holds messages with several persons: name one as "
                                "partner"
                      : count ? "several contacts fit: name one as partner by a "
                                "number of theirs"
                              : "no contact has the name given";
    return ebb_fail_at(error, EBB_ERR_CHOICE, place,
                       "%s; contacts and their messages: %s", why, text);
}

int ebb_phonebook_person(ebb_phonebook_t *book, int root)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    const ebb_phonebook_entry_t *contact = &book->contacts[root];
    int person = -1;
    for (size_t k = 0; k < opts->alias_count; k++) { /* each of them is met */
        const char *from = opts->aliases[k].from;
        clear_marks(book);
        mark_by_name(book, from);
        mark_by_address(book, from);
        if (contact->marks) {
            person = ebb_import_person(book->import, from, strlen(from));
        }
        if (contact->marks && person < 0) {
            return person;
        }
    }
    const char *called =
        contact_text(book, contact->name ? contact->name : contact->address);
    return person >= 0 ? person
                       : ebb_import_person(book->import, called, strlen(called));
}

const char *ebb_phonebook_problem(int code)
{
    _Static_assert(EBB_PHONEBOOK_MAX == 60000, "the sentence below says so");
    return code == EBB_ERR_LIMIT ? "more than 60000 numbers; no phone writes with so "
                                   "many"
                                 : "no memory for its contacts";
}

void ebb_phonebook_free(ebb_phonebook_t *book)
{
    const ebb_alloc_t *alloc = book->import->alloc;
    ebb_free_array(alloc, book->contacts, book->room, sizeof *book->contacts);
    ebb_free_array(alloc, book->addresses, book->address_room, sizeof *book->addresses);
    ebb_free_array(alloc, book->table, book->table_room, sizeof *book->table);
    if (book->bytes.data) {
        ebb_text_free(&book->bytes);
    }
}
