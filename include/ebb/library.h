/* SPDX-License-Identifier: MIT
 *
 * The models and scenarios that ship with ebb, as text inside the library: no file is
 * opened.
 *
 *     ebb_library_model_t shipped;
 *     if (ebb_library_find("strogatz", &shipped)) {
 *         code = ebb_model_read(&model, &shipped.file, NULL, &error);
 *     }
 */
#ifndef EBB_LIBRARY_H
#define EBB_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/model.h"

/* A model that ships. All strings are static. */
typedef struct ebb_library_model {
    const char *name, *text; /* as the model has them: its name and its sentence */
    ebb_model_text_t file;   /* ready for ebb_model_read and ebb_scenario_read; its
                                label is the name */
} ebb_library_model_t;

/** How many models ship.
 *
 * @return at least 1; the same in every call. Thread-safe, as all of this header.
 */
size_t ebb_library_count(void);

/**
 * A model that ships, by its place.
 *
 * @param[in]  index  from 0, below ebb_library_count; by name in byte order
 * @param[out] model  filled; untouched when there is none
 * @return whether there is one. Nothing is read or allocated.
 */
bool ebb_library_at(size_t index, ebb_library_model_t *model);

/**
 * A model that ships, by its name.
 *
 * @param[in]  name   NUL-terminated, not NULL; upper and lower case differ
 * @param[out] model  filled; untouched when there is none
 * @return whether there is one of that name. Looks through all names.
 */
bool ebb_library_find(const char *name, ebb_library_model_t *model);

/* A scenario that ships. All strings are static. */
typedef struct ebb_library_scenario {
    const char *name, *text; /* as the scenario has them: its name and its sentence */
    const char *uses;        /* its model, which ships too */
    ebb_model_text_t file;   /* ready for ebb_scenario_read, its `scenario` being the
                                name; the file may hold others */
} ebb_library_scenario_t;

/** How many scenarios ship, those in the files of models not counted.
 *
 * @return at least 1; the same in every call.
 */
size_t ebb_library_scenario_count(void);

/**
 * A scenario that ships, by its place.
 *
 * @param[in]  index     from 0, below ebb_library_scenario_count; by name in byte order
 * @param[out] scenario  filled; untouched when there is none
 * @return whether there is one. Nothing is read or allocated.
 */
bool ebb_library_scenario_at(size_t index, ebb_library_scenario_t *scenario);

/**
 * A scenario that ships, by its name, which is its own among all that ship.
 *
 * @param[in]  name      NUL-terminated, not NULL; upper and lower case differ
 * @param[out] scenario  filled; untouched when there is none
 * @return whether there is one of that name. Looks through all names.
 */
bool ebb_library_scenario_find(const char *name, ebb_library_scenario_t *scenario);

#endif
