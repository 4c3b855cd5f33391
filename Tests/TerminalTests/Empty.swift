import Testing

@Test func placeholderOfTheSkeleton() { #expect(Bool(true)) }
