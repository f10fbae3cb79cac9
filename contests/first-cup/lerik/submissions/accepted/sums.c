#include <stdio.h>

static int before[70001];

int main(void) {
    int n, q;
    if (scanf("%d %d", &n, &q) != 2) return 1;
    for (int i = 1; i <= n; i++) {
        if (scanf("%d", &before[i]) != 1) return 1;
        before[i] += before[i - 1];
    }
    while (q--) {
        int a, b;
        if (scanf("%d %d", &a, &b) != 2) return 1;
        printf("%d\n", before[b] - before[a - 1]);
    }
    return 0;
}
