import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in)));
        int n = next(in);
        int q = next(in);
        int[] before = new int[n + 1];
        for (int i = 1; i <= n; i++) {
            before[i] = before[i - 1] + next(in);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < q; i++) {
            int a = next(in);
            int b = next(in);
            out.append(before[b] - before[a - 1]).append('\n');
        }
        System.out.print(out);
    }

    private static int next(StreamTokenizer in) throws IOException {
        in.nextToken();
        return (int) in.nval;
    }
}
