// The PDF/UA-1 profile of the genuine veraPDF engine, many files in one Java process, one line of JSON for each.
//   java -cp <jar with veraPDF>:<jaxb-runtime.jar>:<jaxb-impl.jar> PdfUa.java FILE...
// {"file": ..., "rules": 106, "checks": 6335, "failed": [{"clause", "test", "count", "message", "context"}]}
// or {"file": ..., "error": ...} for a file that veraPDF cannot read. The exit code is 0 whatever is found.
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.processor.reports.enums.JobEndStatus;

public class PdfUa {
    private static final String PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml";

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile;
        try (InputStream rules = PdfUa.class.getClassLoader().getResourceAsStream(PROFILE)) {
            profile = Profiles.profileFromXml(rules);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what the engine itself says is no result
        for (String file : files) {
            String result;
            try {
                result = checked(file, profile);
            } catch (Exception | StackOverflowError | OutOfMemoryError error) {
                result = "\"error\": " + quoted(String.valueOf(error.getMessage()));
            }
            out.println("{\"file\": " + quoted(file) + ", " + result + "}");
        }
        System.exit(0);
    }

    private static String checked(String file, ValidationProfile profile) throws Exception {
        try (InputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, PDFAFlavour.PDFUA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.getJobEndStatus() != JobEndStatus.NORMAL) {
                throw new IllegalStateException("the check ended early");
            }
            Map<String, List<TestAssertion>> failed = new LinkedHashMap<>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
                    failed.computeIfAbsent(rule, unused -> new ArrayList<>()).add(test);
                }
            }
            List<String> rules = new ArrayList<>();
            for (List<TestAssertion> tests : failed.values()) {
                TestAssertion first = tests.get(0);
                rules.add("{\"clause\": " + quoted(first.getRuleId().getClause())
                        + ", \"test\": " + first.getRuleId().getTestNumber()
                        + ", \"count\": " + result.getFailedChecks().getOrDefault(first.getRuleId(), tests.size())
                        + ", \"message\": " + quoted(first.getMessage())
                        + ", \"context\": " + quoted(first.getLocation().getContext()) + "}");
            }
            return "\"rules\": " + profile.getRules().size() + ", \"checks\": " + result.getTotalAssertions()
                    + ", \"failed\": [" + String.join(", ", rules) + "]";
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : (text == null ? "" : text).toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
