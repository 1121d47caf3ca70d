"""Help of planning."""

from canbo.web.help.page import HelpPage

PAGES = {
    "planning-rounds": HelpPage(
        title="Quy hoạch",
        purpose="Các đợt xây dựng, rà soát, bổ sung quy hoạch mà đơn vị mở hoặc tham gia.",
        steps=("Bấm “Mở đợt quy hoạch” để giao cho các đơn vị.", "Bấm tên đợt để xem tiến độ và đề xuất."),
        mistakes=("Đợt của cấp trên chỉ hiện phần của đơn vị bạn.",),
    ),
    "planning-open": HelpPage(
        title="Mở đợt quy hoạch",
        purpose="Chọn nhiệm kỳ, chức danh, đơn vị, hạn gửi và ba độ tuổi.",
        steps=(
            "Đặt tên đợt, ghi văn bản chỉ đạo, hạn gửi, ngày xét hồ sơ.", "Chọn rà soát hay xây dựng cho từng nhiệm kỳ.",
            "Đánh dấu chức danh và đơn vị; gõ vào ô tìm để lọc.", "Bấm “Mở đợt”.",
        ),
        mistakes=(
            "Chức danh chỉ vào đơn vị cùng cấp; đơn vị không có chức danh nào thì danh sách để trống.",
            "Tháng tính tuổi khác ngày xét hồ sơ: tuổi tính ở đại hội của nhiệm kỳ được quy hoạch.",
        ),
    ),
    "planning-round": HelpPage(
        title="Một đợt quy hoạch",
        purpose="Từng đơn vị đã làm đến đâu; bao nhiêu người giữ, đưa ra, cần chú ý.",
        steps=(
            "Bấm một con số để xem từng người.", "Chọn “Quá hạn” rồi xuất danh sách để nhắc.",
            "Bấm tên đơn vị để tiếp nhận hoặc trả lại danh sách.", "Khi mọi danh sách đã quyết định, bấm “Kết thúc đợt”.",
        ),
        mistakes=("Chương trình chỉ đề xuất; đưa ai ra do người có thẩm quyền quyết định.",),
    ),
    "planning-people": HelpPage(
        title="Người trong đợt quy hoạch",
        purpose="Những người phía sau một con số của đợt.",
        steps=("Chọn đơn vị, chức danh, nhiệm kỳ, đề xuất.", "Bấm tên để xem vì sao; xuất danh sách khi cần."),
        mistakes=("Một người có thể ở nhiều danh sách, nên tính theo lượt.",),
    ),
    "planning-unit": HelpPage(
        title="Một đơn vị trong đợt quy hoạch",
        purpose="Các danh sách của đơn vị, số lượng, cơ cấu; gửi, tiếp nhận, trả lại.",
        steps=(
            "Bấm tên chức danh để làm danh sách.", "Xem số lượng, cơ cấu; bấm con số để xem tên.",
            "Xong các bước tại đơn vị thì bấm “Gửi danh sách lên cấp trên”.",
        ),
        mistakes=("“Thiếu hồ sơ” không phải là không đạt: bổ sung hồ sơ rồi xem lại.", "Không vì cơ cấu mà hạ tiêu chuẩn."),
    ),
    "planning-figure": HelpPage(
        title="Người phía sau con số cơ cấu",
        purpose="Ai được tính vào con số, ai thiếu hồ sơ nên chưa tính được.",
        steps=("Bấm tên để xem người đó.", "Bổ sung hồ sơ của người thiếu rồi mở lại."),
        mistakes=("Người đề nghị đưa ra không tính.",),
    ),
    "planning-slate": HelpPage(
        title="Danh sách quy hoạch một chức danh",
        purpose="Xét từng người theo quy định, đề nghị giữ, đưa ra, giới thiệu người mới, mở quy trình.",
        steps=(
            "Đọc kết luận và lý do; bấm “sửa” để đề nghị giữ hoặc đưa ra.", "Gõ họ tên để giới thiệu người mới, ghi nơi giới thiệu.",
            "Người đứng đầu ghi nhận xét từng người.", "Ghi số lượng theo quy định, rồi mở quy trình.",
        ),
        mistakes=(
            "Đưa ra phải có lý do.", "Mở quy trình rồi thì danh sách không sửa được; rút việc đó trước khi sửa.",
            "Nội dung mật làm ngoài chương trình.",
        ),
    ),
    "planning-case": HelpPage(
        title="Quy trình của một danh sách",
        purpose="Ghi từng bước: họp, phiếu, trình, thẩm định, quyết định; quyết định thì quy hoạch được ghi ngay.",
        steps=(
            "Ghi việc đang đến lượt.", "Ở hội nghị có thể giới thiệu thêm người trước khi kiểm phiếu.",
            "Khi quyết định, ghi số quyết định và từng người; không đồng ý thì ghi lý do.",
        ),
        mistakes=("Dòng đã ghi không sửa được; ghi sai thì trả lại bước để làm lại.",),
    ),
    "planning-line": HelpPage(
        title="Một người trong danh sách quy hoạch",
        purpose="Mọi điều quy định hỏi về người này, kèm giấy tờ và điều khoản; thời hạn kỷ luật; nhận xét.",
        steps=("Mở từng tiêu chí để xem giấy tờ.", "Người đứng đầu ghi nhận xét."),
        mistakes=("Thời hạn chưa được quy hoạch khác thời hạn chưa được bổ nhiệm.",),
    ),
    "planning-list": HelpPage(
        title="Danh sách quy hoạch",
        purpose="Ai được quy hoạch chức danh nào vào một ngày bất kỳ; số lượng; các lần thay đổi.",
        steps=(
            "Chọn ngày, đơn vị, chức danh, nhiệm kỳ.", "Chọn “Số lượng” để đếm theo chức danh; bấm số để xem tên.",
            "Chọn “Các lần thay đổi” để xem từng quyết định.", "Xuất đúng bảng đang xem.",
        ),
        mistakes=("Để trống ngày là hôm nay.",),
    ),
}  # fmt: skip
