#include <stdio.h>

/* At most 1 000 000 trays: they can be filled one by one. */
int main(void) {
    int n, k, trays = 1;
    if (scanf("%d %d", &n, &k) != 2) return 1;
    while (n > k) {
        n -= k;
        trays++;
    }
    printf("%d\n%d\n", trays, n);
    return 0;
}
